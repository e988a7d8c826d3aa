import { OperationError } from '../../util/OperationError.ts';

/**
 * ⁵√2⁻²³ = 0.041, relative to the scale. It balances the truncation error after extrapolation, of order h⁴, and
 * the rounding error, of order 2⁻²³ / h.
 */
export const FIRST_STEP = /* @__PURE__ */ Math.pow(2 ** -23, 0.2);

/**
 * A sixteenth of it, relative to the magnitude of the entry: features of f as large as a thirtieth of that show at this
 * step.
 */
export const FINE_STEP = /* @__PURE__ */ Math.pow(2 ** -43, 0.2);

/** Relative to the scale. At this step, rounding makes the tolerance a few percent. */
const MIN_FIRST_STEP = 2 ** -16;

/** Relative to the magnitude of the entry. It is a few times the spacing of float32 numbers. */
const MIN_STEP = 2 ** -21;

/** A few times the spacing of the float32 numbers next to 0, 2⁻¹⁴⁹. */
const MIN_OF_ALL = 2 ** -147;

/**
 * The steps of central differences in float32, each half of the one before. The first is `eps`, or by default
 * the best one at the given scale, but at most half of `margin`, the distance within which f is smooth.
 *
 * @param name what is moved, for the errors.
 * @param magnitude of the entry itself, to which the last step is relative.
 * @throws if `eps` or `margin` is too small for float32, or `scale` is for the default step.
 */
export function stepsWithin(
  margin: number,
  scale: number,
  eps: number | undefined,
  name: string,
  magnitude = scale,
): number[] {
  const smallest = Math.max(MIN_STEP * magnitude, MIN_OF_ALL);
  let step = eps ?? FIRST_STEP * scale;
  if (eps === undefined && step < smallest) refuseScale(scale, smallest, name);
  if (step < smallest) refuse('eps', smallest, name, String(step));
  if (step > margin / 2) {
    step = margin / 2;
    const reason =
      ': this close to a point where f is not smooth, no float32 step gives a usable difference';
    const smallestFirst = MIN_FIRST_STEP * scale;
    if (step < smallestFirst) refuse('margin', 2 * smallestFirst, name, String(margin) + reason);
  }
  const steps = [];
  for (let h = step; h >= smallest; h /= 2) steps.push(h);
  return steps;
}

/** How many times the first step is doubled. The largest is 16 times as long. */
const DOUBLINGS = 4;

/** Steps beyond the first, largest first, each half of the one before and at most half of `margin`. */
export function largerSteps(first: number, margin: number): number[] {
  return Array.from({ length: DOUBLINGS }, (_, i) => first * 2 ** (DOUBLINGS - i)).filter(
    (h) => h <= margin / 2,
  );
}

function refuseScale(scale: number, smallest: number, name: string): never {
  const [least, leastStep] = [smallest / FIRST_STEP, smallest].map((h) => h.toPrecision(2));
  throw new OperationError(
    `${name} must be 0 or at least ${least} in magnitude, got ${scale.toPrecision(2)}: the spacing of ` +
      `float32 numbers is no smaller there than the default step; set eps to at least ${leastStep}`,
  );
}

function refuse(option: string, minimum: number, name: string, got: string): never {
  const atLeast = minimum.toPrecision(2);
  throw new OperationError(`${option} must be at least ${atLeast} for ${name}, got ${got}`);
}
