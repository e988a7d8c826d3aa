import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkK, checkNotScalar } from './args/check.ts';
import { checkTopkOptions } from './args/checkTopkOptions.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { keepAlong, putAlong } from './gradients/alongAxis.ts';
import { topkAlong } from './gradients/topkAlong.ts';
import { withoutTape } from './kernels/runKernel.ts';
import type { TopkOptions } from './topk.ts';

export type TopkActivationOptions = Omit<TopkOptions, 'sorted'>;

/**
 * The k largest entries along an axis in place, and zero elsewhere: the activation of sparse autoencoders (Makhzani and
 * Frey, 2014, arXiv:1312.5663) and of routers. With P the selection matrix of the indices that `topk` selects,
 *
 *   y = Pᵀ P x,   dL/dx = Pᵀ P dL/dy.
 *
 * Differentiable, to any order, where the k-th and (k+1)-th entries differ; there the selection is locally constant.
 * The order is that of `topk`: NaN is the largest, and of equal entries the lower index is selected.
 *
 * @param x `[…, n, …]`, rank 1 or higher, float32 or int32, with n along the axis.
 * @param k an integer in [0, n].
 * @param options `{axis = -1, largest = true, tieGradient = 'first'}`, as for `topk`. With 'even', all entries that tie
 *   at the threshold share equally what the selected ones of them get.
 * @returns x with zeros, of its shape and dtype.
 * @throws as `topk`.
 *
 * @example
 * topkActivation([3, 1, -2, 2], 2).print(); // [3, 0, 0, 2]
 * topkActivation([3, 1, -2, 2], 2, { largest: false }).print(); // [0, 1, -2, 0]
 */
export function topkActivation<T extends Tensor>(
  x: T | TensorLike,
  k: number,
  options: TopkActivationOptions = {},
): T {
  return operation('topkActivation', () => {
    const $x = toTensor(x, 'x');
    checkNotScalar($x, 'x');
    const names = ['axis', 'largest', 'tieGradient'] as const;
    const { axis, largest, tieGradient } = checkTopkOptions(options, $x.rank, names);
    const n = $x.shape[axis];
    checkK(k, n);

    const select = () => topkAlong($x, k, { axis, largest, sorted: false, tieGradient });
    if (tieGradient === 'even') {
      const { values, indices } = select();
      return putAlong(values, indices, n, axis) as T;
    }
    // The selection itself is off the tape, so that tfjs keeps the indices and not x, which it would copy on wasm.
    const { indices } = withoutTape(select);
    return keepAlong($x, indices, axis) as T;
  });
}
