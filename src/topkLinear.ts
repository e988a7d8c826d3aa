import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkLinear } from './args/checkLinear.ts';
import { checkLinearOptions } from './args/checkLinearOptions.ts';
import { operation } from './args/operation.ts';
import { linearTopk } from './gradients/linearTopk.ts';
import type { TieGradient } from './gradients/topkRule.ts';

export interface TopkLinearOptions {
  /**
   * The gradient where more rows tie at the threshold than are selected, as for `topk`. For a batch, and a loss that
   * is symmetric in the values of each example, 'even' is a Clarke subgradient in W; 'first' is sure to be one only
   * where no two ties have slopes of opposite sign. See `topkLinearSubdifferential`.
   */
  tieGradient?: TieGradient;
  /** Added to Wx: `[n]`, float32. Differentiable. */
  bias?: Tensor | TensorLike;
  /**
   * Which rows may be selected: `[n]`, or `[b, n]` for each example, bool, true for at least k of them, or with
   * acrossBatch for at least b·k in the whole batch. Others count as −Infinity, as dead latents or closed routes do;
   * with them, an allowed entry that is −Infinity itself ties. (On webgl and webgpu the number of true entries is not
   * checked.)
   */
  mask?: Tensor | TensorLike;
  /**
   * Selects the b·k largest entries of the whole batch `[b, d]`, k for each example on average (BatchTopK, Bussmann et
   * al., 2024, arXiv:2412.06410). An example with fewer than the most is filled up with values 0, without a gradient,
   * at an index that is selected elsewhere. Default false.
   */
  acrossBatch?: boolean;
}

/**
 * The k largest entries of Wx + bias, largest first, with their indices: topk(Wx) in the total order of `topk`, without
 * keeping W or Wx for the gradient. Differentiable in W and x, to any order. With P the selection matrix of the
 * indices,
 *
 *   dL/dW = (Pᵀ dL/dvalues) xᵀ,   dL/dx = (P W)ᵀ dL/dvalues.
 *
 * Through tf.grad the gradient with respect to W is dense: one zero fill and k rows. `rowSparseGrads` returns only
 * these rows. The indices carry no gradient: tf.grad of a loss of them alone throws, since W is not on its tape.
 *
 * On wasm, a SIMD kernel reads W in place, once for a vector and once for each block of a large batch. On cpu the same
 * kernel runs on a memory of its own, into which W is copied by the megabyte. On both, and without acrossBatch, what an
 * example of a batch gets is, to the bit, what it gets alone. Other backends select from tfjs's own product.
 *
 * @param W `[n, d]`, float32, n and d ≥ 1.
 * @param x `[d]`, or a batch `[b, d]`; float32.
 * @param k an integer in [0, n].
 * @param options `{tieGradient = 'first', bias, mask, acrossBatch = false}`, see `TopkLinearOptions`. 'even' and
 *   acrossBatch read values back; on webgl and webgpu they select all n rows instead.
 * @returns `values`, float32, and `indices`, int32, both `[k]`, or `[b, k]` for a batch; with acrossBatch `[b, K]`,
 *   where K is the most that an example has, and n on webgl and webgpu.
 * @throws if an argument is not as described.
 *
 * @example
 * const W = tf.tensor2d([[1, 0], [0, 2], [1, 1]]);
 * const { values, indices } = topkLinear(W, [3, 1], 2);
 * values.print(); // [4, 3]
 * indices.print(); // [2, 0]
 */
export function topkLinear<X extends Tensor>(
  W: Tensor | TensorLike,
  x: X | TensorLike,
  k: number,
  options: TopkLinearOptions = {},
): { values: X; indices: X } {
  return operation('topkLinear', () => {
    const inputs = checkLinear(W, x, k);
    const { settings, ...others } = checkLinearOptions(options, inputs.W, inputs.x, k);
    const { values, indices } = linearTopk({ ...inputs, ...others }, k, settings);
    return { values: values as X, indices: indices as X };
  });
}
