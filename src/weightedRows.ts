import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { assertArg } from './args/check.ts';
import { checkSameShape } from './args/checkAlong.ts';
import { checkIndices } from './args/checkIndices.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { combineRows } from './gradients/combineRows.ts';
import { formatShape } from './util/formatShape.ts';
import { isOnGpu } from './util/isOnGpu.ts';

/**
 * The sum of some rows of D, each times its value: Σⱼ valuesⱼ D[indicesⱼ]. It is the decoder of a sparse autoencoder,
 * and costs k rows, not n. With P the selection matrix of the indices,
 *
 *   y = Dᵀ Pᵀ v,   dL/dv = P D dL/dy,   dL/dD = Pᵀ (v dL/dyᵀ).
 *
 * Differentiable in D and the values, to any order. Through tf.grad the gradient in D is dense; `rowSparseGrads`
 * returns only its k rows, as a `RowSparse` of `indices`, `values` and dL/dy.
 *
 * @param D `[n, d]`, float32, n and d ≥ 1.
 * @param indices `[k]`, or `[b, k]` for a batch; int32, each in [0, n). They may repeat. On webgl and webgpu they are
 *   not read back, and where one is out of range the result is undefined.
 * @param values of the same shape, float32.
 * @returns `[d]`, or `[b, d]` for a batch; float32.
 * @throws if an argument is not as described.
 *
 * @example
 * const D = tf.tensor2d([[1, 0], [0, 2], [1, 1]]);
 * weightedRows(D, [2, 0], [10, 3]).print(); // [13, 10]
 */
export function weightedRows(
  D: Tensor | TensorLike,
  indices: Tensor | TensorLike,
  values: Tensor | TensorLike,
): Tensor {
  return operation('weightedRows', () => {
    const $D = toTensor(D, 'D', 'float32');
    const [$indices, $values] = [
      toTensor(indices, 'indices', 'int32'),
      toTensor(values, 'values', 'float32'),
    ];
    assertArg($D.rank === 2 && $D.size > 0, 'D', 'be of shape [n, d], n and d >= 1', $D);
    const isRank = [1, 2].includes($values.rank);
    assertArg(isRank, 'values', 'be of shape [k] or [b, k]', formatShape($values.shape));
    checkSameShape($indices, $values);
    if (!isOnGpu()) checkIndices($indices, $D.shape[0]);
    return combineRows($D, $indices, $values);
  });
}
