/** ∛2⁻²³: where truncation, ~ h², and float32's rounding, ~ 2⁻²³ / h, are in balance. */
const BEST_STEP = Math.cbrt(2 ** -23);

/** Of the entry's size. With it, rounding is about 1 % of what the step changes. */
const LEAST_STEP = 2 ** -16;

/** Of the entry's size: a few of float32's own steps. */
const LEAST_EPS = 2 ** -21;

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
    throw new Error(`checkGrads: eps must be at least ${least} for ${name}, got ${String(step)}`);
  }
  if (step <= margin / 2) return step;
  if (margin / 2 < LEAST_STEP * scale) {
    const least = (2 * LEAST_STEP * scale).toPrecision(2);
    throw new Error(
      `checkGrads: margin must be at least ${least} for ${name}, got ${String(margin)}: so near to ` +
        'where f is not smooth, no step of float32 gives a gradient',
    );
  }
  return margin / 2;
}
