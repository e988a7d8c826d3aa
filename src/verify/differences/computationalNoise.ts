import { noiseOfSeries } from './noiseOfSeries.ts';

/** How many points `computationalNoise` needs. */
export const NOISE_POINTS = 16;

/**
 * The standard deviation of the rounding error of each output of f near a point.
 *
 * @param f the values at close, equidistant points.
 */
export function computationalNoise(f: Float32Array[]): Float64Array {
  return Float64Array.from(f[0], (_, o) => noiseOfSeries(f.map((values) => values[o])));
}
