import {
  add,
  cast,
  randomUniform,
  tensor,
  tidy,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { checkK } from './args/checkK.ts';
import { checkOptionNames } from './args/checkOptionNames.ts';
import { isOnGpu } from './util/isOnGpu.ts';
import { registerGradients } from './gradients/registerGradients.ts';
import { formatValue } from './util/formatValue.ts';
import { topk } from './topk.ts';
import { toTensor } from './args/toTensor.ts';

export interface GumbelTopkOptions {
  /** An integer, for the same sample each time, and on every backend. Without it each call draws anew. */
  seed?: number;
}

/**
 * k samples without replacement from each row's categorical distribution softmax(logits): top-k of the logits
 * with independent Gumbel noise added (Kool et al., 2019, arXiv:1903.06059). In the order in which they
 * are drawn, each from what is left: the first is i with p = softmax(logits)ᵢ, the second j with
 * pⱼ / (1 − pᵢ), …
 *
 * Differentiable in the logits, as `topk` is: `values` = P perturbed. For gradients to what was not drawn,
 * give `perturbed` to `softTopk` or `straightThroughTopk`.
 *
 * @param logits `[…, n]`, rank 1 or higher, float32 or int32. −Infinity is drawn last.
 * @param k an integer in [0, n].
 * @param options `{seed}`.
 * @returns `indices` of the samples, int32, and their perturbed logits, `values`, both `[…, k]`, greatest
 *   first; and all of the `perturbed` logits, `[…, n]`.
 * @throws if logits is a scalar; NaN is among what is drawn, except on webgl and webgpu; k is not in [0, n]; or
 *   the seed is not an integer.
 */
export function gumbelTopk<T extends Tensor>(
  logits: T | TensorLike,
  k: number,
  options: GumbelTopkOptions = {},
): { values: T; indices: T; perturbed: T } {
  registerGradients();
  return tidy(() => {
    const $logits = toTensor(logits, 'logits', 'gumbelTopk');
    if ($logits.rank === 0) {
      throw new Error('gumbelTopk: logits must be of rank 1 or higher, got a scalar');
    }
    checkK(k, $logits.shape[$logits.rank - 1], 'gumbelTopk');
    checkOptionNames(options, ['seed'], 'gumbelTopk');
    const { seed } = options;
    if (seed !== undefined && !Number.isInteger(seed)) {
      throw new Error(`gumbelTopk: seed must be an integer, got ${formatValue(seed)}`);
    }
    const perturbed: Tensor = add(cast($logits, 'float32'), gumbel($logits.shape, seed));
    const sample = topk(perturbed as T, k);
    if (!isOnGpu() && sample.values.dataSync<'float32'>().some(Number.isNaN)) {
      throw new Error('gumbelTopk: logits must be numbers, got NaN');
    }
    return { ...sample, perturbed: perturbed as T };
  });
}

/**
 * −log(−log(1 − U)), with U in (0, 1): the greatest come of the least U, which float32 tells apart best. Computed
 * here, so that it is the same on every backend.
 */
function gumbel(shape: number[], seed?: number): Tensor {
  // tfjs takes the seed 0 for none, but not '0'.
  const uniform = randomUniform(shape, 0, 1, 'float32', seed === undefined ? seed : String(seed));
  const noise = uniform.dataSync().map((u) => {
    const p = Math.min(Math.max(u, 2 ** -33), 1 - 2 ** -24);
    return -Math.log(-Math.log1p(-p));
  });
  return tensor(noise, shape);
}
