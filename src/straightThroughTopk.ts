import { ones, reshape, tidy, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { checkSoft, type SoftTopkOptions } from './args/checkSoft.ts';
import { registerGradients } from './gradients/registerGradients.ts';
import { scatterRows } from './gradients/scatterRows.ts';
import { softMask } from './gradients/softMask.ts';
import { straightThrough } from './gradients/straightThrough.ts';
import { withoutTape } from './gradients/withoutTape.ts';
import { formatValue } from './util/formatValue.ts';
import { topk } from './topk.ts';

/**
 * The mask of top-k, 1 where `topk` selects and 0 elsewhere, with the gradients of `softTopk` in its place: a
 * straight-through estimator (Bengio et al., 2013, arXiv:1308.3432). What is downstream sees a real selection,
 * and entries that were not selected learn what selecting them would have changed.
 *
 * @param x `[…, n]`, rank 1 or higher, float32 or int32; selects along the last axis.
 * @param k an integer in (0, n).
 * @param options `{temperature = 1, kind = 'logistic'}`, of the gradient, as for `softTopk`.
 * @returns `[…, n]`, float32, of 0 and 1.
 * @throws as `softTopk`, and if k is not an integer.
 */
export function straightThroughTopk<T extends Tensor>(
  x: T | TensorLike,
  k: number,
  options: SoftTopkOptions = {},
): T {
  registerGradients();
  return tidy(() => {
    const { kind, ...inputs } = checkSoft(x, k, options, 'straightThroughTopk');
    if (!Number.isInteger(k)) {
      throw new Error(`straightThroughTopk: k must be an integer, got ${formatValue(k)}`);
    }
    const soft = softMask(inputs, k, kind, 'straightThroughTopk');
    return straightThrough(hardMask(x, soft.shape, k), soft) as T;
  });
}

/** 1 where top-k selects, and 0 elsewhere; a constant. */
function hardMask(x: Tensor | TensorLike, shape: number[], k: number): Tensor {
  return withoutTape(() => {
    const n = shape[shape.length - 1];
    const indices = reshape(topk(x, k, { sorted: false }).indices, [-1, k]);
    return reshape(scatterRows(ones([indices.shape[0], k, 1]), indices, n), shape);
  });
}
