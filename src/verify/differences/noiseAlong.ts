import { jumpAlong } from './jumpAlong.ts';
import { NOISE_POINTS, noiseOfSeries } from './noiseOfSeries.ts';

/** The distance between points, relative to the step; no multiple of a grid to which f may be rounded. */
const SPACING = 0.11714;

/**
 * The standard deviation of the rounding error of a function on a line: within a step h, and that of rounding to a
 * grid if the function moves in steps further away.
 *
 * @param smallest a few times the spacing of float32 numbers.
 * @param limit how far to look for a grid.
 */
export function noiseAlong(
  valueAt: (t: number) => number,
  h: number,
  smallest: number,
  limit: number,
): number {
  const spacing = Math.max(SPACING * h, smallest);
  const values = Array.from({ length: NOISE_POINTS }, (_, i) =>
    valueAt((i - NOISE_POINTS / 2) * spacing),
  );
  const noise = noiseOfSeries(values);
  // An error between −½ and ½ of the spacing of a grid has the variance 1 / 12 of its square.
  const ofGrid = jumpAlong(valueAt, smallest, limit) / Math.sqrt(12);
  return Math.max(Number.isFinite(noise) ? noise : 0, ofGrid);
}
