import { randomUniform } from '@tensorflow/tfjs-core';
import { MIN_POSITIVE } from '../../util/float32.ts';
import { isOnGpu } from '../../util/isOnGpu.ts';
import { tidyValue } from '../../util/tidyValue.ts';
import type { CheckedInput } from './checkedInput.ts';
import { NOISE_POINTS, noiseOfSeries } from './noiseOfSeries.ts';
import { norm } from './Probe.ts';
import { HALF_OF_SMALLEST, UNIT_ROUNDOFF } from './rounding.ts';

/** The distance between points, relative to the magnitude of each entry. */
const STEP = 2 ** -12;
const SEED = 71_993;

/**
 * The standard deviation of the rounding error of each output y = f(x), at least that of rounding y itself.
 *
 * @param evaluate f at given points, one for each input.
 */
export function outputNoise(
  evaluate: (points: Float32Array[]) => Float32Array,
  inputs: CheckedInput[],
  y: Float32Array,
): Float64Array {
  const least = isOnGpu() ? MIN_POSITIVE : HALF_OF_SMALLEST; // a GPU takes smaller numbers for 0
  const rays = [1, -1].map((side) => closePoints(inputs, side).map(evaluate));
  return Float64Array.from(y, (value, o) => {
    const σs = rays.map((series) => noiseOfSeries(series.map((values) => values[o])));
    const σ = Math.min(...σs.filter(Number.isFinite)); // f may be undefined on one side
    return Math.max(Number.isFinite(σ) ? σ : 0, UNIT_ROUNDOFF * Math.abs(value), least);
  });
}

/**
 * Equidistant points on a ray from the inputs, all within a quarter of each margin. A kink or a jump at the inputs
 * themselves is not on it, and does not count as rounding. One nearby is on the ray to one side only: rounding is what
 * both sides have.
 */
function closePoints(inputs: CheckedInput[], side: number): Float32Array[][] {
  const directions = inputs.map(({ x }) => {
    const random = tidyValue(() => randomUniform([x.size], -1, 1, 'float32', SEED).dataSync());
    return Float32Array.from(random, (entry) => (entry + Math.sign(entry)) / 2); // every entry moves
  });
  return Array.from({ length: NOISE_POINTS }, (_, i) =>
    inputs.map(({ point, magnitudes, margin }, a) => {
      const maxStep = margin / (4 * NOISE_POINTS * inputs.length * norm(magnitudes));
      const spacing = Math.min(STEP, maxStep);
      return point.map((entry, j) => {
        const step = representable(side * spacing * directions[a][j] * magnitudes[j], entry);
        return entry + (i + 1) * step;
      });
    }),
  );
}

/**
 * A step that float32 adds to an entry without rounding, so that the points are equidistant; if it is not too small.
 */
function representable(step: number, entry: number): number {
  const spacing = 2 ** (Math.floor(Math.log2(Math.abs(entry))) - 22); // 2^−∞ = 0 for 0
  return Math.abs(step) > 16 * spacing && spacing > 0 ? Math.round(step / spacing) * spacing : step;
}
