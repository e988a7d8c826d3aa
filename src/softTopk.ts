import type { Scalar, Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkSoft } from './args/checkSoft.ts';
import { explained } from './args/explained.ts';
import { operation } from './args/operation.ts';
import { alongLast } from './gradients/alongLast.ts';
import { softMask } from './gradients/softMask.ts';
import { SOFT_KINDS, type SoftKindName } from './kernels/soft/softKinds.ts';
import { toFloats } from './kernels/toFloats.ts';
import { assertFits } from './kernels/wasm/tfjsMemory.ts';

export type { SoftKindName };

export interface SoftTopkOptions {
  /** The axis to select along; a negative one counts from the last, −1. */
  axis?: number;
  /**
   * τ, in units of x: a positive number, or a scalar tensor, in which the mask is differentiable as well. As
   * τ → 0 the mask converges to that of topk.
   */
  temperature?: number | Scalar;
  /** Which distribution function F to use. */
  kind?: SoftKindName;
}

/**
 * A relaxed top-k: a mask in [0, 1] along an axis that sums to k and is differentiable, where topk's mask is 0 or 1 and
 * has no gradient. 'logistic' and 'laplace' give every entry a gradient, 'clip' those near the threshold. With θ such
 * that Σm = k,
 *
 *   m = F((x − θ) / τ),   dL/dx = h ⊙ (dL/dm − ⟨h, dL/dm⟩ / ⟨h, 1⟩),   h = F′((x − θ) / τ) / τ.
 *
 * - 'logistic', the sigmoid: the LML layer (Amos et al., 2019, arXiv:1906.08707), and what SOFT top-k (Xie et
 *   al., 2020, arXiv:2002.06504) computes by Sinkhorn iterations with ε = 2τ.
 * - 'laplace': LapSum (Struski et al., 2025, arXiv:2503.06242).
 * - 'clip', a line from 0 to 1 over a width of τ: the projection of x / τ onto the capped simplex, as in Sander et
 *   al. (2023, arXiv:2302.01425) for p = 2. Entries at least τ / 2 from θ are exactly 0 or 1.
 *
 * The mask preserves the order of x (up to the last bit of tfjs's sigmoid), is permutation-equivariant and invariant to
 * a constant added to x. Its sum is within 1e-5 · min(k, n − k) + n · 2⁻²⁵ of k, where the second term is the rounding
 * of entries near 1, in steps of 2⁻²⁴. As τ → 0 it converges to the mask of topk, where entries that tie at the
 * threshold share what is left equally. It is differentiable to any order in x, and in the temperature if that is a
 * tensor; but the derivative of 'laplace' has a kink, and so does 'clip' itself. F′ is computed
 * from the mask as it is rounded: an entry of the gradient is off by about 2⁻²⁴ / τ · max |dL/dm|, on wasm by up to 20
 * times that, so the smallest slopes, of entries near 1, may be lost.
 *
 * +Infinity gets 1 and −Infinity gets 0, provided that at most k entries are +Infinity and at least k are above
 * −Infinity. On webgl and webgpu nothing is read back: NaN there gives NaN, and a temperature tensor is not checked.
 *
 * @param x `[…, n, …]`, rank 1 or higher, float32 or int32, with n along the axis.
 * @param k the sum of the mask along the axis: any number in [0, n]. At 0 and n the mask is
 *   constant, 0 or 1, with gradient 0.
 * @param options `{axis = -1, temperature = 1, kind = 'logistic'}`.
 * @returns of x's shape, float32, in [0, 1].
 * @throws if x is a scalar or has NaN, k is not in [0, n], the axis is not one of x, the temperature is below 2⁻¹²⁶ or
 *   not finite, or the kind is unknown; or, but for k = 0 and n, if more than k entries are +Infinity, or fewer than k
 *   are above −Infinity.
 *
 * @example
 * softTopk([0.5, 2, -1, 1.5], 2, { temperature: 0.5 }).print(); // [0.3097, 0.9001, 0.0219, 0.7683]
 */
export function softTopk<T extends Tensor>(
  x: T | TensorLike,
  k: number,
  options: SoftTopkOptions = {},
): T {
  return operation('softTopk', () => {
    const checked = checkSoft(x, k, options, SOFT_KINDS);
    const { x: $x, axis, τ, kind = 'logistic', explain } = checked;
    assertFits(2 * $x.size); // transposed, with its mask
    const mask = () => alongLast(toFloats($x, 'x'), axis, (rows) => softMask(rows, τ, k, kind));
    return explained(mask, explain) as T;
  });
}
