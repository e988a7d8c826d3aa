import { clone, customGrad, ones, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { checkK } from './args/check.ts';
import { checkSoft } from './args/checkSoft.ts';
import { explained } from './args/explained.ts';
import { operation } from './args/operation.ts';
import { putAlong } from './gradients/alongAxis.ts';
import { alongLast } from './gradients/alongLast.ts';
import { softMask } from './gradients/softMask.ts';
import { runKernel, withoutTape } from './kernels/runKernel.ts';
import { SOFT_KINDS } from './kernels/soft/softKinds.ts';
import { TotalOrderTopK } from './kernels/topk/TotalOrderTopK.ts';
import { toFloats } from './kernels/toFloats.ts';
import { assertFits } from './kernels/wasm/tfjsMemory.ts';
import type { SoftTopkOptions } from './softTopk.ts';

/**
 * The mask of top-k, 1 where `topk` selects and 0 elsewhere, with the gradients of `softTopk`: a straight-through
 * estimator (Bengio et al., 2013, arXiv:1308.3432). Downstream code sees a real selection, and the entries that
 * were not selected learn what selecting them would have changed.
 *
 * @param x `[…, n, …]`, rank 1 or higher, float32 or int32, with n along the axis.
 * @param k an integer in [0, n], as for `topk`. At 0 and n the mask is constant, 0 or 1, with gradient 0.
 * @param options `{axis = -1}`, and of the gradient `{temperature = 1, kind = 'logistic'}`, as for `softTopk`.
 * @returns of x's shape, float32, zeros and ones.
 * @throws as `softTopk`, and if k is not an integer.
 *
 * @example
 * straightThroughTopk([0.5, 2, -1, 1.5], 2).print(); // [0, 1, 0, 1]
 */
export function straightThroughTopk<T extends Tensor>(
  x: T | TensorLike,
  k: number,
  options: SoftTopkOptions = {},
): T {
  return operation('straightThroughTopk', () => {
    const checked = checkSoft(x, k, options, SOFT_KINDS, checkK);
    const { x: $x, axis, τ, kind = 'logistic', explain } = checked;
    assertFits(2 * $x.size); // transposed, with its mask
    const estimate = (rows: Tensor) => {
      const soft = softMask(toFloats(rows, 'x'), τ, k, kind);
      const hard = hardMask(rows, k);
      const estimator = customGrad(() => ({ value: hard, gradFunc: (dy: Tensor) => clone(dy) }));
      return estimator(soft);
    };
    return explained(() => alongLast($x, axis, estimate), explain) as T;
  });
}

/** 1 where top-k selects, and 0 elsewhere; a constant. */
function hardMask(x: Tensor, k: number): Tensor {
  return withoutTape(() => {
    if (x.size === 0) return clone(toFloats(x, 'x'));
    const [, indices] = runKernel(TotalOrderTopK, { x }, { k, sorted: false });
    return putAlong(ones(indices.shape), indices, x.shape[x.rank - 1], x.rank - 1);
  });
}
