import { jumpAlong } from './jumpAlong.ts';
import { NOISE_POINTS, noiseOfSeries } from './noiseOfSeries.ts';

/** The distance between points, relative to the step; no multiple of a grid to which f may be rounded. */
const SPACING = 0.11714;

/**
 * The standard deviation of the rounding error of a function on a line, from points within about twice a step h.
 *
 * @param smallest a few times the spacing of float32 numbers.
 * @param isAcross whether some of the points are on both sides. Then a kink or a jump at the point counts as well.
 */
export function noiseAlong(
  valueAt: (t: number) => number,
  h: number,
  smallest: number,
  isAcross: boolean,
): number {
  const spacing = Math.max(SPACING * h, smallest);
  const noiseFrom = (first: number, step: number) =>
    noiseOfSeries(Array.from({ length: NOISE_POINTS }, (_, i) => valueAt((first + i) * step)));
  const series = [noiseFrom(1, -spacing), noiseFrom(1, spacing)];
  if (isAcross) series.push(noiseFrom(-NOISE_POINTS / 2, spacing));
  return Math.max(...series.map((noise) => (Number.isFinite(noise) ? noise : 0)));
}

/**
 * The same, on each side alone, so that nothing at the point counts; and at a step that is 16 times smaller, if it is
 * less there: rounding is not, but what a kink further away adds.
 */
export function smoothNoiseAlong(
  valueAt: (t: number) => number,
  h: number,
  smallest: number,
): number {
  return Math.min(...[h, h / 16].map((h) => noiseAlong(valueAt, h, smallest, false)));
}

/** That of rounding to a grid, if the function moves in steps within a limit. */
export function gridNoise(valueAt: (t: number) => number, smallest: number, limit: number): number {
  // An error between −½ and ½ of the spacing of a grid has the variance 1 / 12 of its square.
  return jumpAlong(valueAt, smallest, limit) / Math.sqrt(12);
}
