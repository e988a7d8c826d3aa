import type { Tolerances } from './gradSettings.ts';
import { SIGMAS } from './rounding.ts';

/** The rounding error of f(x + h) − 2 f(x) + f(x − h) in units of that of f: √(1² + 2² + 1²). */
const SECOND_DIFFERENCE = /* @__PURE__ */ Math.sqrt(6);
/**
 * A gap is extrapolated from two steps, of which one is half of the other so often: 16 times as long, if there is one.
 */
const HALVINGS = 4;
/** A gap is constant if at a step of 4 times the length it is this much of it, at least. */
const CONSTANT = 0.7;
/** Of a constant gap, which part of it rounding may be where the gap is said to be missing. */
const CLEAR = 3;

/** A function of t, on a line through the point. */
export interface Section {
  valueAt: (t: number) => number;
  /** t, after rounding to float32. */
  lengthOf: (t: number) => number;
  /** The standard deviation of the function's rounding error. */
  noise: number;
}

export interface Kink {
  /** Below and above the point. */
  slopes: [number, number];
  /** The kink is within this distance. */
  step: number;
}

/**
 * The slopes below and above the point, (f(x) − f(x − h)) / h and (f(x + h) − f(x)) / h, if there is a kink between
 * them; else null. The gap between them is g(h) = G + h f″ + O(h³), and G, extrapolated from two steps, must be the
 * same down to the smallest step at which rounding leaves it visible. Of a smooth f it is 0, and of one with a kink
 * nearby it is 0 at the steps that do not reach that. If only the larger of the two steps reaches it, G is −g / 15: so
 * the gaps at h and 2h must give the same G.
 *
 * @param steps from large to small, each half the one before.
 */
export function oneSidedSlopes(
  section: Section,
  steps: number[],
  tolerances: Tolerances,
): Kink | null {
  const gapAt = extrapolatedGap(section, steps);
  const isVisible = (i: number) => Math.abs(gapAt(i)) > visibleGap(section, steps[i], tolerances);
  let finest = steps.length - 1;
  while (finest >= HALVINGS && !isVisible(finest)) finest--;
  if (finest < HALVINGS) return null;

  const gap = gapAt(finest);
  const isLost =
    finest < steps.length - 1 &&
    Math.abs(gap) > CLEAR * visibleGap(section, steps[finest], tolerances);
  const ratio = gap / gapAt(finest - 2);
  if (isLost || !(ratio > CONSTANT && ratio < 1 / CONSTANT)) return null;
  const nearGapAt = extrapolatedGap(section, steps, 1);
  const isConfirmed = [finest - 1, finest - 2].every(
    (i) =>
      Math.abs(nearGapAt(i) - gap) <=
      (1 - CONSTANT) * Math.abs(gap) + roundingOfGap(section, steps[i]),
  );
  if (!isConfirmed) return null;
  const useful = steps.slice(0, finest + 1);
  const slopes = [-1, 1].map((side) => slopeAtPoint(section, side, useful, Math.abs(gap)));
  return { slopes: slopes as [number, number], step: steps[finest] };
}

/**
 * The steps down to the smallest at which a gap as at the first ones would be visible; none if it shrinks as that of a
 * smooth f.
 */
export function stepsForGap(section: Section, steps: number[], tolerances: Tolerances): number[] {
  if (steps.length <= HALVINGS) return [];
  const gap = Math.abs(extrapolatedGap(section, steps)(HALVINGS));
  const isConstant = gap > Math.abs(gapAcross(section, steps[0])) / 2 ** HALVINGS;
  const slope = largestSlope(section, steps[HALVINGS]);
  const finest = steps.findLastIndex((h) => gap > visibleGap(section, h, tolerances, slope));
  return isConstant && finest >= HALVINGS ? steps.slice(0, finest + 1) : [];
}

/** G, from the gaps at a step and at one that is so many halvings larger. */
function extrapolatedGap(
  section: Section,
  steps: number[],
  halvings = HALVINGS,
): (i: number) => number {
  return (i) => {
    const far = steps[Math.max(i - halvings, 0)];
    const ratio = far / steps[i];
    return (ratio * gapAcross(section, steps[i]) - gapAcross(section, far)) / (ratio - 1);
  };
}

/** The least G that rounding does not explain. */
export function visibleGap(
  section: Section,
  h: number,
  { atol = 0, rtol }: Tolerances,
  slope = largestSlope(section, h),
): number {
  return roundingOfGap(section, h) + rtol * slope + 2 * atol;
}

function roundingOfGap({ noise }: Section, h: number): number {
  return (SIGMAS * SECOND_DIFFERENCE * noise) / Math.abs(h);
}

/**
 * f′ on one side, at the largest step that comes to the same as all smaller ones: there rounding does the least, and so
 * does a distance of the kink from the point, less than the smallest step. A larger step may reach another kink.
 */
function slopeAtPoint(section: Section, side: number, steps: number[], gap: number): number {
  const finest = steps[steps.length - 1];
  const slopes = steps.map((h, i) => extrapolatedSlope(section, side * steps[Math.max(i - 1, 0)], side * h)); // prettier-ignore
  const isSame = (i: number, finer: number) =>
    Math.abs(slopes[i] - slopes[finer]) <=
    roundingOfGap(section, steps[finer]) + (gap * finest) / steps[finer];
  let i = steps.length - 1;
  while (i > 1 && steps.every((_, finer) => finer < i || isSame(i - 1, finer))) i--;
  return slopes[i];
}

/** f′, from the slopes to points at t and at half of that, if rounding does not explain that they differ. */
function extrapolatedSlope(section: Section, t: number, half: number): number {
  const [slope, change] = [slopeTo(t, section), slopeTo(half, section) - slopeTo(t, section)];
  return Math.abs(change) > roundingOfGap(section, t) ? slope + 2 * change : slope;
}

/** By how much the slopes to points at h and −h differ. */
export function gapAcross(section: Section, h: number): number {
  return slopeTo(h, section) - slopeTo(-h, section);
}

function largestSlope(section: Section, h: number): number {
  return Math.max(...[-h, h].map((t) => Math.abs(slopeTo(t, section))));
}

export function slopeTo(t: number, { valueAt, lengthOf }: Section): number {
  return (valueAt(t) - valueAt(0)) / lengthOf(t);
}
