import { NOISE_POINTS } from './noiseOfSeries.ts';

/** The distance between points grows by this factor, so that at some distance a few of the intervals hold a jump. */
const GROWTH = 3;
/** A change stands out that is this many times as far from the median as half of them are. */
const OUTLIER = 4;
/** A few times the spacing of float32 numbers, relative to them: for distances, and for values, which jump by it. */
const [SPACING, ROUNDING] = [2 ** -20, 2 ** -21];

/**
 * The height of the largest jumps of a function on a line that moves in steps, as one does whose intermediate results
 * are rounded to a coarse grid; 0 if there are none. A change that stands out between neighbouring points is a jump if
 * most of it remains when the interval is halved down to the spacing of float32 numbers.
 *
 * @param smallest a few times that spacing.
 * @param limit how far to look.
 */
export function jumpAlong(valueAt: (t: number) => number, smallest: number, limit: number): number {
  let height = 0;
  // An irrational factor: the points should not be multiples of a grid apart.
  for (let s = 8.7211 * smallest; s * (NOISE_POINTS / 2) < limit; s *= GROWTH) {
    const values = Array.from({ length: NOISE_POINTS }, (_, i) =>
      valueAt((i - NOISE_POINTS / 2) * s),
    );
    const changes = values.slice(1).map((value, i) => value - values[i]);
    const usual = median(changes);
    const deviations = changes.map((change) => Math.abs(change - usual));
    const largest = Math.max(...deviations);
    const isRepeated = deviations.filter((deviation) => deviation > largest / 2).length > 1;
    if (!(largest > OUTLIER * median(deviations)) || !isRepeated) continue; // also if a value is NaN
    const from = (deviations.indexOf(largest) - NOISE_POINTS / 2) * s;
    const change = changeWithin(valueAt, from, from + s, smallest, usual / s);
    const ofValues = ROUNDING * Math.max(...values.map(Math.abs));
    if (change > Math.max(largest / 2, ofValues)) height = Math.max(height, change);
  }
  return height;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/**
 * The change in the smallest interval that bisection finds, always in the half that deviates more from a slope; less
 * the slope.
 */
function changeWithin(
  valueAt: (t: number) => number,
  from: number,
  to: number,
  smallest: number,
  slope: number,
): number {
  let [a, b, fa, fb] = [from, to, valueAt(from), valueAt(to)];
  while (b - a > Math.max(smallest, SPACING * Math.max(Math.abs(a), Math.abs(b)))) {
    const [middle, usual] = [(a + b) / 2, (slope * (b - a)) / 2];
    const value = valueAt(middle);
    const isBelow = Math.abs(value - fa - usual) > Math.abs(fb - value - usual);
    if (isBelow) [b, fb] = [middle, value];
    else [a, fa] = [middle, value];
  }
  return Math.abs(fb - fa - slope * (b - a));
}
