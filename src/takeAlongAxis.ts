import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkAxis, checkNotScalar } from './args/check.ts';
import { checkAlong } from './args/checkAlong.ts';
import { checkIndices } from './args/checkIndices.ts';
import { explained } from './args/explained.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { takeAlong } from './gradients/alongAxis.ts';

/**
 * The entries of x at indices along an axis, as NumPy's `take_along_axis`. With the indices of `topk` it gives its
 * values, or what belongs to the selected entries in another tensor. For a vector it is P x, with P the selection
 * matrix of the indices, and dL/dx = Pᵀ dL/dvalues, which is `putAlongAxis`.
 *
 * Differentiable in x, to any order; the indices carry no gradient. It is right on every backend, where `tf.gather`
 * with batch dimensions gives wrong numbers on wasm.
 *
 * @param x `[…, n, …]`, rank 1 or higher, float32 or int32, with n along the axis.
 * @param indices `[…, k, …]`, int32, of x's shape except along the axis; each in [0, n). If all dimensions after the
 *   axis are 1, they select whole slices. On webgl and webgpu they are not read back, and an entry at an index out of
 *   range is undefined.
 * @param axis an integer; a negative one counts from the last, −1.
 * @returns `[…, k, …]`, of the shape of x except along the axis, and of its dtype.
 * @throws if an argument is not as described.
 *
 * @example
 * const { indices } = topk([[3, 1, 2], [4, 6, 5]], 2); // [[0, 2], [1, 2]]
 * const prices = tf.tensor2d([[10, 20, 30], [40, 50, 60]]);
 * takeAlongAxis(prices, indices).print(); // [[10, 30], [50, 60]]
 */
export function takeAlongAxis<T extends Tensor>(
  x: T | TensorLike,
  indices: Tensor | TensorLike,
  axis = -1,
): T {
  return operation('takeAlongAxis', () => {
    const [$x, $indices] = [toTensor(x, 'x'), toTensor(indices, 'indices', 'int32')];
    checkNotScalar($x, 'x');
    const at = checkAxis(axis, $x.rank);
    checkAlong($indices, $x, at);
    return explained(
      () => takeAlong($x, $indices, at) as T,
      () => {
        checkIndices($indices, $x.shape[at]);
      },
    );
  });
}
