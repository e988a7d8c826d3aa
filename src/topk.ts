import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkK, checkNotScalar } from './args/check.ts';
import { checkTopkOptions } from './args/checkTopkOptions.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { topkAlong } from './gradients/topkAlong.ts';
import type { TieGradient } from './gradients/topkRule.ts';

export interface TopkOptions {
  /** The axis to select along; a negative one counts from the last, −1. */
  axis?: number;
  /** false selects the smallest, smallest first. NaN stays the largest, so it comes last. */
  largest?: boolean;
  /** false leaves the order of the k results undefined. */
  sorted?: boolean;
  /**
   * The gradient in a row where more entries tie at the threshold than are selected. 'first' gives it to the
   * selected ones, those of lowest index; 'even' shares it equally among all that tie. NaN does not tie: it
   * keeps its own.
   */
  tieGradient?: TieGradient;
}

/**
 * The k largest entries along an axis, largest first, with their indices. The order is total and the same on
 * every backend: NaN is the largest, −0 equals 0, and of equal entries the lower index is selected first and
 * comes first.
 *
 * Differentiable, to any order. For a vector, `values` = P x, where row i of the selection matrix P is one-hot
 * at `indices[i]`, and dL/dx = Pᵀ dL/dvalues. The indices carry no gradient. P depends on x, so the function is
 * piecewise linear. The selected set is locally constant where the k-th and (k+1)-th entries differ (see
 * `selectionMargin`), and P is if the selected entries also differ from one another; a loss that is symmetric in the
 * values needs only the former. At a tie across the threshold there is no derivative in general:
 * see `tieGradient`, and `topkSubdifferential` for all the gradients that there are.
 *
 * For what belongs to the selected entries in another tensor, call `takeAlongAxis(t, indices, axis)`, not `tf.gather`
 * with batch dimensions: on wasm that silently returns wrong numbers.
 *
 * Two exceptions on the GPU: numbers closer to 0 than 1.2e-38 may equal 0, and on webgl integers are read
 * as float32, so that values and order are exact up to 2²⁴ only.
 *
 * @param x `[…, n, …]`, rank 1 or higher, float32 or int32, with n along the axis.
 * @param k an integer in [0, n]; 1 by default, as for tf.topk.
 * @param options `{axis = -1, largest = true, sorted = true, tieGradient = 'first'}`; a boolean is `sorted`, as for
 *   tf.topk.
 * @returns `values` of x's dtype and `indices`, int32, both `[…, k, …]`.
 * @throws if x is a scalar or not numeric, the axis is not one of x, k is not in [0, n], or an option is not
 *   as described.
 *
 * @example
 * const { values, indices } = topk([3, 1, 2], 2);
 * values.print(); // [3, 2]
 * indices.print(); // [0, 2]
 * tf.grad((x) => topk(x, 2).values.square().sum())(tf.tensor1d([3, 1, 2])).print(); // [6, 0, 4]
 */
export function topk<T extends Tensor>(
  x: T | TensorLike,
  k = 1,
  options: TopkOptions | boolean = {},
): { values: T; indices: T } {
  return operation('topk', () => {
    const $x = toTensor(x, 'x') as T;
    checkNotScalar($x, 'x');
    const named = typeof options === 'boolean' ? { sorted: options } : options;
    const checked = checkTopkOptions(named, $x.rank);
    checkK(k, $x.shape[checked.axis]);
    return topkAlong($x, k, checked);
  });
}
