import { engine, tidy, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { checkK } from './checkK.ts';
import { provideTotalOrderTopK, TotalOrderTopK } from './kernels/totalOrderTopK.ts';
import { shown } from './shown.ts';
import { swapAxes } from './swapAxes.ts';
import { toTensor } from './toTensor.ts';

export interface TopkOptions {
  /** The axis to select along; a negative one counts from the last, −1. */
  axis?: number;
  /** false selects the smallest, least first. NaN stays the greatest, so it comes last. */
  largest?: boolean;
  /** false leaves the order of the k results open. */
  sorted?: boolean;
}

/**
 * The k largest entries along an axis, greatest first, with their indices. On every backend the
 * order is total: NaN is the greatest, −0 equals 0, and of equal entries the lower index is
 * selected first and stands first.
 *
 * Differentiable, to any order: for a vector, `values` = P x, where row i of the selection matrix P
 * is one-hot at `indices[i]`, and dL/dx = Pᵀ dL/dvalues. The indices carry no gradient. P depends
 * on x, so the function is piecewise linear. Which entries are selected stays the same nearby where
 * the k-th and the (k+1)-th entry differ (see `selectionMargin`), and so does P where the selected
 * entries differ from one another, too; a loss that is symmetric in them needs only the first. At a
 * tie the result is an element of the Clarke subdifferential: the gradient of the selection made.
 *
 * On the GPU, webgl and webgpu make two exceptions, which are those of their arithmetic: numbers
 * nearer to 0 than 1.2e-38 may equal 0, and integers are exact to 2²⁴ only, values as well as
 * order, because they are read as float32.
 *
 * @param x `[…, n, …]`, rank 1 or higher, float32 or int32, with n along the axis.
 * @param k an integer in [0, n].
 * @returns `values` of x's dtype and `indices`, int32, both `[…, k, …]`.
 * @throws if x is a scalar or not numeric, the axis is not one of x, or k is not in [0, n].
 */
export function topk(
  x: Tensor | TensorLike,
  k: number,
  { axis = -1, largest = true, sorted = true }: TopkOptions = {},
): { values: Tensor; indices: Tensor } {
  return tidy(() => {
    const $x = toTensor(x, 'x', 'topk');
    if ($x.rank === 0) throw new Error('topk: x must be of rank 1 or higher, got a scalar');
    const last = $x.rank - 1;
    if (!Number.isInteger(axis) || axis < -$x.rank || axis > last) {
      throw new Error(
        `topk: axis must be an integer in [${String(-$x.rank)}, ${String(last)}], got ${shown(axis)}`,
      );
    }
    const $axis = axis < 0 ? axis + $x.rank : axis;
    checkK(k, $x.shape[$axis], 'topk');

    provideTotalOrderTopK();
    const inputs = { x: swapAxes($x, $axis, last) };
    const [values, indices] = engine().runKernel<Tensor[]>(TotalOrderTopK, inputs, {
      k,
      largest,
      sorted,
    });
    return { values: swapAxes(values, $axis, last), indices: swapAxes(indices, $axis, last) };
  });
}
