import { tidy, topk as tfTopk, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { checkK } from './checkK.ts';
import './gradients/register.ts';
import { toTensor } from './toTensor.ts';

/**
 * The k largest entries along the last axis, greatest first, with their indices:
 * `values = P_S x`, where row i of the selection matrix P_S is one-hot at `indices[i]`.
 *
 * Differentiable: dL/dx = P_Sᵀ dL/dvalues, to any order. The indices carry no gradient.
 * As S depends on x, the function is piecewise linear: the gradient is exact where the k-th
 * and the (k+1)-th entry differ (see `selectionMargin`), and one subgradient where they tie.
 *
 * @param x `[…, n]`, rank 1 or higher, float32 or int32.
 * @param k an integer in [0, n].
 * @returns `values` `[…, k]` of x's dtype and `indices` `[…, k]`, int32.
 * @throws if x is a scalar or not numeric, or k is not an integer in [0, n].
 */
export function topk(x: Tensor | TensorLike, k: number): { values: Tensor; indices: Tensor } {
  return tidy(() => {
    const $x = toTensor(x, 'x', 'topk');
    if ($x.rank === 0) throw new Error('topk: x must be of rank 1 or higher, got a scalar');
    checkK(k, $x.shape[$x.rank - 1], 'topk');
    return tfTopk($x, k);
  });
}
