import { cast, oneHot, slice, tidy, zeros } from '@tensorflow/tfjs-core';
import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { formatValue } from './util/formatValue.ts';
import { toTensor } from './args/toTensor.ts';

/**
 * The selection matrix P: row i is one-hot at `indices[i]`, so that `topk(x, k).values` is P x. It is
 * the forum thread's explicit linear map, and what top-k's gradient is compared with; the gradient
 * itself needs no matrix.
 *
 * @param indices `[…, k]`, int32, each in [0, n), as `topk` returns them. The row of an index
 *   outside [0, n) is zero, as in tf.oneHot.
 * @param n length of the axis that is selected from, an integer ≥ 0.
 * @returns `[…, k, n]`, float32.
 * @throws if indices is a scalar or not of integers, or n is not an integer ≥ 0.
 */
export function selectionMatrix(indices: Tensor | TensorLike, n: number): Tensor {
  if (!Number.isInteger(n) || n < 0) {
    throw new Error(`selectionMatrix: n must be an integer >= 0, got ${formatValue(n)}`);
  }
  return tidy(() => {
    const $indices = toTensor(indices, 'indices', 'selectionMatrix', 'int32');
    if ($indices.rank === 0) {
      throw new Error('selectionMatrix: indices must be of rank 1 or higher, got a scalar');
    }
    if ($indices.size === 0) return zeros([...$indices.shape, n]);
    // It has a gradient, zero, so P may stand in a differentiated function. It refuses n < 2, and its
    // float32 is wrong on wasm.
    const P = cast(oneHot($indices, Math.max(n, 2)), 'float32');
    return n < 2
      ? slice(
          P,
          P.shape.map(() => 0),
          [...$indices.shape, n],
        )
      : P;
  });
}
