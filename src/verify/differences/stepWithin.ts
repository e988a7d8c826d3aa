import { OperationError } from '../../util/OperationError.ts';

/**
 * ⁵√2⁻²³ = 0.041 of the entry's size. Where two steps are extrapolated, truncation goes as h⁴ and
 * float32's rounding as 2⁻²³ / h, and there they are in balance.
 */
const BEST_STEP = (2 ** -23) ** (1 / 5);

/** Of the entry's size. With it, rounding makes a tolerance of a few percent. */
const LEAST_STEP = 2 ** -16;

/** Of the entry's size: a few of float32's own steps. */
export const LEAST_EPS = 2 ** -21;

/**
 * The step of a central difference in float32: `eps`, or by default the best for an entry of the
 * size `scale`; but at most half of the distance `margin` within which f is smooth.
 *
 * @param name what is moved, for the errors.
 * @throws if that leaves less than float32 needs.
 */
export function stepWithin(
  margin: number,
  scale: number,
  eps: number | undefined,
  name: string,
): number {
  const step = eps ?? BEST_STEP * scale;
  if (step < LEAST_EPS * scale) {
    const least = (LEAST_EPS * scale).toPrecision(2);
    throw new OperationError(`eps must be at least ${least} for ${name}, got ${String(step)}`);
  }
  if (step <= margin / 2) return step;
  if (margin / 2 < LEAST_STEP * scale) {
    const least = (2 * LEAST_STEP * scale).toPrecision(2);
    throw new OperationError(
      `margin must be at least ${least} for ${name}, got ${String(margin)}: so near to ` +
        'where f is not smooth, no step of float32 gives a gradient',
    );
  }
  return margin / 2;
}
