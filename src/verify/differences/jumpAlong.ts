import { NOISE_POINTS } from './computationalNoise.ts';

/** The distance between points grows by this factor, so that at some distance a few of the intervals hold a jump. */
const GROWTH = 3;
/** A change this many times the median stands out. */
const OUTLIER = 4;

/**
 * The height of the largest jumps of a function on a line that moves in steps, as one does whose intermediate results are
 * rounded to a coarse grid; 0 if there are none. A change that stands out between neighbouring points is a jump if
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
    const changes = values.slice(1).map((value, i) => Math.abs(value - values[i]));
    const largest = Math.max(...changes);
    const median = [...changes].sort((a, b) => a - b)[changes.length >> 1];
    const isRepeated = changes.filter((change) => change > largest / 2).length > 1;
    if (!(largest > OUTLIER * median) || !isRepeated) continue; // also if a value is not finite
    const from = (changes.indexOf(largest) - NOISE_POINTS / 2) * s;
    const change = changeWithin(valueAt, from, from + s, smallest);
    if (change > largest / 2) height = Math.max(height, change);
  }
  return height;
}

/** The change in the smallest interval that bisection finds, always in the half with the larger change. */
function changeWithin(
  valueAt: (t: number) => number,
  from: number,
  to: number,
  smallest: number,
): number {
  let [a, b, fa, fb] = [from, to, valueAt(from), valueAt(to)];
  while (b - a > smallest) {
    const middle = (a + b) / 2;
    const value = valueAt(middle);
    if (Math.abs(value - fa) > Math.abs(fb - value)) [b, fb] = [middle, value];
    else [a, fa] = [middle, value];
  }
  return Math.abs(fb - fa);
}
