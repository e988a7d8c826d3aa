import type { CentralDifference } from './centralDifference.ts';
import type { Tolerances } from './gradSettings.ts';
import { dot, type Probe } from './Probe.ts';
import { SIGMAS } from './rounding.ts';

/** An entry of a Jacobian by reverse mode beside a difference. */
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
  /** Whether differences at smaller steps come to the same. */
  isSettled: boolean;
  /** Whether f is constant around the point, between jumps. */
  isFlat: boolean;
  /** The least and the largest slope at a kink between which the gradient lies. */
  kink: [number, number] | null;
  /** Whether these are slopes at points nearby, where along the entry itself there is no kink. */
  isKinkNearby: boolean;
  /** The values just below and just above the point, if f jumps there. */
  jump: [number, number] | null;
  /** The larger |f(x ± h) − f(x)| / h at the first step: not 0 for x² at 0. */
  secant: number;
}

export interface FurtherSteps {
  /** Steps before the first, for slopes that rounding blurs at that. */
  larger: number[];
  /** A step at which an entry that is smaller than the others is resolved. */
  fine: number;
}

/**
 * The rounding error of (4 D(h / 2) − D(h)) / 3 in units of that of D(h / 2): √(4² + ½²) / 3 for independent errors.
 */
const EXTRAPOLATED = 1.34;
/** An agreement is confirmed at a step that is halved so often. */
const HALVINGS = 4;

/**
 * Compares one entry of a Jacobian by reverse mode with central differences D(h). If D at the first step does not
 * agree, h is halved until D(h) and D(h / 2) agree to within rounding. Their Richardson extrapolation (4
 * D(h / 2) − D(h)) / 3 then decides, which has no error in h²; a disagreement stands only if that of the next two steps
 * disagrees as well. Either counts only if D(h / 16) agrees too: a large step may miss a feature of f. If no two agree,
 * the closest pair decides.
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
  steps: number[],
  differenceAt: (h: number) => CentralDifference,
  noise: number,
  { atol, rtol }: Tolerances,
  { larger, fine }: FurtherSteps = { larger: [], fine: Infinity },
): EntryComparison {
  // float32 rounds each step differently, so the errors are extrapolated, not the slopes.
  const errorAt = (h: number) => {
    const { slopes, along } = differenceAt(h);
    return dot(output, slopes) - dot(along, row);
  };
  const compareAt = (h: number, error = errorAt(h), spread = 1): EntryComparison => {
    const { along, width } = differenceAt(h);
    const analytic = dot(along, row);
    const numeric = analytic + error;
    const rounding = (spread * Math.SQRT2 * noise) / width;
    const absolute = atol ?? SIGMAS * rounding;
    const tolerance = absolute + rtol * Math.max(Math.abs(analytic), Math.abs(numeric));
    return {
      analytic,
      numeric,
      step: width / 2,
      error: Math.abs(error),
      tolerance,
      absolute,
      rounding,
      isSettled: true,
      isFlat: false,
      kink: null,
      isKinkNearby: false,
      jump: null,
      secant: 0,
    };
  };

  const first = compareAt(steps[0]);
  const ladder = isBlurred(first, rtol) ? [...larger, ...steps] : steps;
  const isConfirmed = (i: number, error: number) => {
    const next = Math.min(i + HALVINGS, ladder.length - 1);
    const finest = ladder.findIndex((h) => h <= fine);
    const isFinestUseful = finest > next && isVisible(compareAt(ladder[finest]));
    const h = ladder[isFinestUseful ? finest : next];
    const change = Math.abs(errorAt(h) - error);
    return change === 0 || change <= compareAt(h).tolerance; // often 0, which spares a comparison
  };

  const extrapolatedError = (i: number) => (4 * errorAt(ladder[i]) - errorAt(ladder[i - 1])) / 3;

  let closest = ladder === steps ? first : compareAt(ladder[0]); // mostly the former
  if (agrees(closest) && isConfirmed(0, 0)) return closest;
  let smallestChange = Infinity;
  for (let i = 1; i < ladder.length; i++) {
    const error = extrapolatedError(i);
    const extrapolated = compareAt(ladder[i], error, EXTRAPOLATED);
    const change = Math.abs(errorAt(ladder[i]) - errorAt(ladder[i - 1]));
    if (change <= extrapolated.tolerance && isConfirmed(i, error)) {
      if (agrees(extrapolated) || i + 1 === ladder.length) return extrapolated;
      // Two differences also agree by chance, where their truncation error turns around.
      const next = compareAt(ladder[i + 1], extrapolatedError(i + 1), EXTRAPOLATED);
      return next.error <= extrapolated.tolerance ? next : extrapolated;
    }
    if (change < smallestChange) [closest, smallestChange] = [extrapolated, change];
  }
  return { ...closest, isSettled: ladder.length === 1 };
}

export function agrees({ error, tolerance }: EntryComparison): boolean {
  return error <= tolerance;
}

/** Whether an entry agrees, and does at smaller steps as well. */
export function isSettled(entry: EntryComparison): boolean {
  return agrees(entry) && entry.isSettled;
}

/** Whether rounding leaves enough of a slope to contradict it. */
function isVisible({ analytic, absolute }: EntryComparison): boolean {
  return absolute < Math.abs(analytic) / 4;
}

/** Whether rounding hides more of a slope than the relative tolerance does, but not all of it. */
function isBlurred({ analytic, numeric, absolute }: EntryComparison, rtol: number): boolean {
  const slope = Math.max(Math.abs(analytic), Math.abs(numeric));
  return absolute > rtol * slope && absolute < slope;
}
