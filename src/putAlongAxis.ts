import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkAxis, checkNotScalar, checkLength } from './args/check.ts';
import { checkSameShape } from './args/checkAlong.ts';
import { checkIndices } from './args/checkIndices.ts';
import { explained } from './args/explained.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { putAlong } from './gradients/alongAxis.ts';

/**
 * Zeros, n along an axis, with the values added at the indices: the transpose of `takeAlongAxis`. As NumPy's
 * `put_along_axis` into zeros, but values at the same index add up. For a vector it is Pᵀ v, with P the selection
 * matrix of the indices, and dL/dv = P dL/dy, which is `takeAlongAxis`.
 *
 * Differentiable in the values, to any order; the indices carry no gradient.
 *
 * @param values `[…, k, …]`, rank 1 or higher, float32 or int32. (On webgl, integers and their sums are exact up to
 *   2²⁴.)
 * @param indices of the same shape, int32; each in [0, n). On webgl and webgpu they are not read back, and where one is
 *   out of range the result is undefined.
 * @param n the length of the axis in the result, an integer ≥ 0.
 * @param axis an integer; a negative one counts from the last, −1.
 * @returns `[…, n, …]`, of the dtype of values.
 * @throws if an argument is not as described.
 *
 * @example
 * putAlongAxis([[5, 7], [1, 2]], [[2, 0], [1, 1]], 3).print(); // [[7, 0, 5], [0, 3, 0]]
 */
export function putAlongAxis<T extends Tensor>(
  values: T | TensorLike,
  indices: Tensor | TensorLike,
  n: number,
  axis = -1,
): T {
  return operation('putAlongAxis', () => {
    const $values = toTensor(values, 'values');
    const $indices = toTensor(indices, 'indices', 'int32');
    checkNotScalar($values, 'values');
    checkSameShape($indices, $values);
    checkLength(n, 'n');
    const at = checkAxis(axis, $values.rank);
    return explained(
      () => putAlong($values, $indices, n, at) as T,
      () => {
        checkIndices($indices, n);
      },
    );
  });
}
