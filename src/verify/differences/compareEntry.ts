import type { CentralDifference } from './centralDifference.ts';
import type { GradSettings } from './gradSettings.ts';
import { dot, type Probe } from './Probe.ts';

export interface EntryComparison {
  analytic: number;
  numeric: number;
  /** h */
  step: number;
  /** |analytic − numeric| */
  error: number;
  /** absolute + rtol · max(|analytic|, |numeric|) */
  tolerance: number;
  /** atol, or by default 8 times `rounding`. */
  absolute: number;
  /** The standard deviation of the error due to rounding. */
  rounding: number;
}

const SIGMAS = 8;
/** The rounding error of (4 D(h / 2) − D(h)) / 3 in units of that of D(h / 2): √(4² + ½²) / 3 for independent errors. */
const EXTRAPOLATED = 1.34;

/**
 * Compares one entry of a Jacobian by reverse mode with central differences D(h). If D at the first step does not
 * agree, h is halved until D(h) and D(h / 2) agree to within rounding. Their Richardson extrapolation
 * (4 D(h / 2) − D(h)) / 3 then decides, which has no error in h². If no two agree, the closest pair decides.
 *
 * @param output which output, or combination of outputs.
 * @param row its gradient by reverse mode.
 * @param steps h, each half the one before.
 * @param differenceAt D, as a function of h.
 * @param noise the standard deviation of the output's rounding error.
 */
export function compareEntry(
  output: Probe,
  row: Float32Array,
  [first, ...halves]: number[],
  differenceAt: (h: number) => CentralDifference,
  noise: number,
  { atol, rtol }: Pick<GradSettings, 'atol' | 'rtol'>,
): EntryComparison {
  // float32 rounds each step differently, so the errors are extrapolated, not the slopes.
  const errorOf = ({ slopes, along }: CentralDifference) => dot(output, slopes) - dot(along, row);
  const compare = ({ along, width }: CentralDifference, error: number, spread: number) => {
    const analytic = dot(along, row);
    const numeric = analytic + error;
    const rounding = (spread * Math.SQRT2 * noise) / width;
    const absolute = atol ?? SIGMAS * rounding;
    const tolerance = absolute + rtol * Math.max(Math.abs(analytic), Math.abs(numeric));
    const step = width / 2;
    return { analytic, numeric, step, error: Math.abs(error), tolerance, absolute, rounding };
  };

  const whole = differenceAt(first);
  let coarseError = errorOf(whole);
  let closest = compare(whole, coarseError, 1);
  if (closest.error <= closest.tolerance) return closest;
  let smallestChange = Infinity;
  for (const h of halves) {
    const fine = differenceAt(h);
    const fineError = errorOf(fine);
    const extrapolated = compare(fine, (4 * fineError - coarseError) / 3, EXTRAPOLATED);
    const change = Math.abs(fineError - coarseError);
    if (change <= extrapolated.tolerance) return extrapolated;
    if (change < smallestChange) [closest, smallestChange] = [extrapolated, change];
    coarseError = fineError;
  }
  return closest;
}
