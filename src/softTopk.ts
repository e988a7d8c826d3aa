import { tidy, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { checkSoft, type SoftTopkOptions } from './args/checkSoft.ts';
import { registerGradients } from './gradients/registerGradients.ts';
import { softMask } from './gradients/softMask.ts';

/**
 * A relaxed top-k: a mask in [0, 1] for the entries of each row, which sums to k and depends smoothly on
 * all of them, where the mask of topk is 0 or 1 and has no gradient. With θ such that Σm = k,
 *
 *   m = F((x − θ) / τ),   dL/dx = h ⊙ (dL/dm − ⟨h, dL/dm⟩ / ⟨h, 1⟩),   h = F′((x − θ) / τ) / τ.
 *
 * kind 'logistic' is the sigmoid: the LML layer (Amos et al., 2019, arXiv:1906.08707), and what
 * SOFT top-k (Xie et al., 2020, arXiv:2002.06504) finds by Sinkhorn's iterations, for ε = 2τ. 'laplace' is
 * LapSum (Struski et al., 2025, arXiv:2503.06242). 'clip', of a line from 0 to 1 over a width of τ, is the
 * projection of x / τ onto the capped simplex, as in Sander et al. (2023, arXiv:2302.01425) for p = 2: most
 * of the mask is exactly 0 or 1.
 *
 * The mask keeps the order of x (to the last bit of tfjs's sigmoid), moves with a permutation of it, and does not
 * change when a number is added to all of it. It sums to k to within 1e-5 of k or of n − k, whichever is less.
 * With τ → 0 it converges to that of topk, and entries that tie at the cut share equally what is left for them.
 * Differentiable to any order in x, and in the temperature where that is a tensor; but 'laplace' has a kink in
 * its derivative, and 'clip' has kinks itself.
 *
 * An entry of −Infinity is left out, and Infinity is selected for certain, while that leaves k. On webgl
 * and webgpu nothing is read back: NaN there leads to NaN, and a tensor for the temperature is not checked.
 *
 * @param x `[…, n]`, rank 1 or higher, float32 or int32; selects along the last axis.
 * @param k the sum of each row's mask: any number in (0, n).
 * @param options `{temperature = 1, kind = 'logistic'}`.
 * @returns `[…, n]`, float32, in [0, 1].
 * @throws if x is a scalar or has NaN, k is not in (0, n), the temperature is not positive and finite,
 *   or the kind is unknown.
 */
export function softTopk<T extends Tensor>(
  x: T | TensorLike,
  k: number,
  options: SoftTopkOptions = {},
): T {
  registerGradients();
  return tidy(() => {
    const { kind, ...inputs } = checkSoft(x, k, options, 'softTopk');
    return softMask(inputs, k, kind, 'softTopk') as T;
  });
}
