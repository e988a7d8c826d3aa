import type { CheckedInput } from './checkedInput.ts';
import { closePoints } from './closePoints.ts';
import { computationalNoise } from './computationalNoise.ts';

const UNIT_ROUNDOFF = 2 ** -24;

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
  return computationalNoise(closePoints(inputs).map(evaluate)).map((σ, o) =>
    Math.max(Number.isFinite(σ) ? σ : 0, UNIT_ROUNDOFF * Math.abs(y[o])),
  );
}
