import type { CentralDifference } from './centralDifference.ts';
import { combine, type Combination } from './combine.ts';

export interface EntryComparison {
  analytic: number;
  numeric: number;
  /** h */
  step: number;
  /** |analytic − numeric| */
  error: number;
  /** absolute + rtol · max(|analytic|, |numeric|) */
  tolerance: number;
  /** atol, or 8 times the rounding */
  absolute: number;
  /** the standard deviation that rounding gives the error */
  rounding: number;
}

const SIGMAS = 8;

/**
 * One entry of a Jacobian, by reverse mode and by central differences D(h). If they disagree, h is
 * halved until D(h) and D(h / 2) agree to within what rounding explains, and these decide, or else
 * the two steps that come nearest to that. (4 D(h / 2) − D(h)) / 3 leaves out the terms in h².
 *
 * @param output which combination of the entries of f.
 * @param row its gradient by reverse mode.
 * @param whole D(h).
 * @param halved D for h halved so many times; undefined where float32 has no such step.
 * @param noise the standard deviation of the output's rounding.
 */
export function compareEntry(
  output: Combination,
  row: Float32Array,
  whole: CentralDifference,
  halved: (times: number) => CentralDifference | undefined,
  noise: number,
  { atol, rtol }: { atol: number | undefined; rtol: number },
): EntryComparison {
  // float32 takes each step a little differently, so it is their errors that are extrapolated.
  const errorOf = ({ slopes, along }: CentralDifference) =>
    combine(output, slopes) - combine(along, row);
  const judge = ({ along, width }: CentralDifference, error: number, spread: number) => {
    const analytic = combine(along, row);
    const numeric = analytic + error;
    const rounding = (spread * Math.SQRT2 * noise) / width;
    const absolute = atol ?? SIGMAS * rounding;
    const tolerance = absolute + rtol * Math.max(Math.abs(analytic), Math.abs(numeric));
    const step = width / 2;
    return { analytic, numeric, step, error: Math.abs(error), tolerance, absolute, rounding };
  };

  let coarse = whole;
  let best = judge(whole, errorOf(whole), 1);
  if (best.error <= best.tolerance) return best;
  let leastDisagreement = Infinity;
  for (let halvings = 1; ; halvings++) {
    const fine = halved(halvings);
    if (!fine) return best;
    const disagreement = Math.abs(errorOf(fine) - errorOf(coarse));
    // Of independent errors √(4² + ½²) / 3 = 1.34 times that of the finer difference remains.
    const found = judge(fine, (4 * errorOf(fine) - errorOf(coarse)) / 3, 1.34);
    if (disagreement <= found.tolerance) return found;
    if (disagreement < leastDisagreement) [best, leastDisagreement] = [found, disagreement];
    coarse = fine;
  }
}
