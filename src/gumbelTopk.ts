import {
  add,
  cast,
  isFinite,
  max,
  mul,
  neg,
  randomUniform,
  reshape,
  scalar,
  tensor,
  util,
  where,
  zerosLike,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { checkAxis, checkK, checkNotScalar, checkOptionNames, checkSeed } from './args/check.ts';
import { checkNumbers } from './args/checkEntries.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { LARGEST_FIRST, topkAlong } from './gradients/topkAlong.ts';
import { checkDataDtype } from './kernels/checkDataDtype.ts';
import { withoutTape } from './kernels/runKernel.ts';
import { subtractPerRow } from './kernels/soft/subtractPerRow.ts';
import { assertFits } from './kernels/wasm/tfjsMemory.ts';
import { isOnGpu } from './util/isOnGpu.ts';
import { swapAxes } from './kernels/swapAxes.ts';

export interface GumbelTopkOptions {
  /** The axis to select along; a negative one counts from the last, −1. */
  axis?: number;
  /** An integer, to draw the same sample each time and on every backend. Without it, each call draws anew. */
  seed?: number;
}

/**
 * k samples without replacement from the categorical distribution softmax(logits) along an axis: top-k of the logits
 * plus independent Gumbel noise (Kool et al., 2019, arXiv:1903.06059). They come in the order in which they are drawn,
 * each from what is left: the first is i with p = softmax(logits)ᵢ, the second j with pⱼ / (1 − pᵢ), … As for softmax,
 * a constant added to a row changes nothing. The noise is rounded to float32 beside the distance of a logit from the
 * row's largest: among logits that are 1e7 or more below it, which are drawn only where nothing else is left, the lower
 * index tends to come first.
 *
 * Differentiable in the logits, as `topk` is: `values` = P perturbed. For a gradient to what was not drawn, pass
 * `perturbed` to `softTopk` or `straightThroughTopk`.
 *
 * @param logits `[…, n, …]`, rank 1 or higher, float32 or int32, with n along the axis. −Infinity is drawn last.
 * @param k an integer in [0, n].
 * @param options `{axis = -1, seed}`.
 * @returns `indices` of the samples, int32, and their perturbed logits, `values`, both `[…, k, …]`, largest first;
 *   and all of the `perturbed` logits, of the shape of logits.
 * @throws if logits is a scalar, or has NaN and k is not 0 (on webgl and webgpu NaN is drawn first); k is not in [0,
 *   n]; the axis is not one of logits; or the seed is not an integer.
 *
 * @example
 * gumbelTopk([0.5, 2, -1, 1.5], 2, { seed: 1 }).indices.print(); // [1, 3]
 */
export function gumbelTopk<T extends Tensor>(
  logits: T | TensorLike,
  k: number,
  options: GumbelTopkOptions = {},
): { values: T; indices: T; perturbed: T } {
  return operation('gumbelTopk', () => {
    const $logits = toTensor(logits, 'logits');
    checkNotScalar($logits, 'logits');
    checkOptionNames(options, ['axis', 'seed']);
    const { axis = -1, seed } = options;
    const at = checkAxis(axis, $logits.rank);
    checkK(k, $logits.shape[at]);
    checkSeed(seed);
    checkDataDtype($logits, 'logits');

    assertFits(13 * $logits.size); // transposed, halved, with the noise and the results
    const last = $logits.rank - 1;
    const moved = swapAxes(cast($logits, 'float32'), at, last);
    const [outer, n] = [moved.shape.slice(0, -1), moved.shape[last]];
    // From rank 7 on tfjs's arithmetic fails on wasm, without a word.
    const x = reshape(moved, [util.sizeFromShape(outer), n]);
    // Noise is added to logits counted from the row's largest, since float32 is finest about 0; to the halves of all,
    // since the difference of two logits may overflow.
    const half = mul(x, 0.5);
    const origin = withoutTape(() => largestFinite(half));
    const noisy = add(subtractPerRow(half, origin), mul(gumbel(x.shape, seed), 0.5));
    const sample = topkAlong(noisy, k, { ...LARGEST_FIRST, axis: 1 });
    const drewNaN = !isOnGpu() && sample.values.dataSync<'float32'>().some(Number.isNaN);
    if (drewNaN) checkNumbers($logits, 'logits');
    const whole = (halves: Tensor) => mul(subtractPerRow(halves, neg(origin)), 2);
    const results = [whole(sample.values), sample.indices, whole(noisy)];
    const [values, indices, perturbed] = results.map(
      (t) => swapAxes(reshape(t, [...outer, t.shape[1] ?? 0]), at, last) as T,
    );
    return { values, indices, perturbed };
  });
}

/** The largest entry of each row, `[…, 1]`; 0 where it is infinite or NaN. */
function largestFinite(x: Tensor): Tensor {
  if (x.size === 0) return scalar(0);
  const largest = max(x, -1, true);
  return where(isFinite(largest), largest, zerosLike(largest));
}

/**
 * −log(−log(1 − U)) with U in (0, 1): the largest come from the smallest U, where float32 is finest. Computed in
 * JavaScript, so that every backend draws the same.
 */
function gumbel(shape: number[], seed?: number): Tensor {
  // tfjs treats the seed 0 as none, but not '0'.
  const uniform = randomUniform(shape, 0, 1, 'float32', seed === undefined ? seed : String(seed));
  const noise = uniform.dataSync().map((u) => {
    const p = Math.min(Math.max(u, 2 ** -33), 1 - 2 ** -24);
    return -Math.log(-Math.log1p(-p));
  });
  return tensor(noise, shape);
}
