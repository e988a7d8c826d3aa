import { mul, sub, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { updateData } from '../kernels/updateData.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { denseRows } from './denseRows.ts';

/**
 * W −= rate · Pᵀ(c xᵀ), where each index has a coefficient c, `[k]` or `[b, k]`, and x is `[d]` or `[b, d]`.
 *
 * @returns whether W was changed in place.
 */
export function subtractRows(W: Variable, parts: Tensor[], rate: number): boolean {
  const [indices, coefficients, x] = parts;
  const [n, d] = W.shape;
  if (!isOnGpu()) {
    const data = parts.map((t) => t.dataSync<'float32' | 'int32'>());
    return updateData([W], (entries) => {
      subtractInPlace(entries, data, d, rate);
    });
  }
  tidy(() => {
    W.assign(sub(W, denseRows([indices, mul(coefficients, rate), x], [n, d])));
  });
  return false;
}

function subtractInPlace(
  W: Float32Array,
  [indices, coefficients, x]: ArrayLike<number>[],
  d: number,
  rate: number,
): void {
  const k = (indices.length * d) / x.length;
  for (let i = 0; i < indices.length; i++) {
    const step = rate * coefficients[i];
    const [row, example] = [indices[i] * d, Math.floor(i / k) * d];
    for (let j = 0; j < d; j++) W[row + j] -= step * x[example + j];
  }
}
