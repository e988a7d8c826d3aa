import {
  div,
  engine,
  maximum,
  mul,
  reshape,
  type GradConfig,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { SOFT_KINDS, type SoftKindName } from '../kernels/softKinds.ts';
import { provideSoftMask, SoftMask, type SoftMaskAttrs } from '../kernels/softMask.ts';
import { minusEach } from '../minusEach.ts';
import { sumRows } from '../sumRows.ts';
import { isTaped } from './untaped.ts';

/** m = F(u − θ), with θ such that the m of each row sum to k; for u `[…, n]`. Errors name `fn`. */
export function softMask(u: Tensor, k: number, kind: SoftKindName, fn: string): Tensor {
  if (u.size === 0) return u;
  provideSoftMask();
  const rows = reshape(u, [-1, u.shape[u.rank - 1]]);
  return reshape(engine().runKernel(SoftMask, { u: rows }, { k, kind, fn }), u.shape);
}

/**
 * Σm stays k, so dθ = ⟨h, du⟩ / ⟨h, 1⟩ with h = F′(u − θ), and
 *
 *   dL/du = h ⊙ (dL/dm − ⟨h, dL/dm⟩ / ⟨h, 1⟩).
 *
 * h is a function of m. For a second order m is computed again: to tfjs a saved output is a constant.
 */
export const softMaskRule: GradConfig = {
  kernelName: SoftMask,
  inputsToSave: ['u'],
  outputsToSave: [true],
  gradFunc: (dy, [u, saved], attrs) => ({
    u: () => {
      const { k, kind, fn } = attrs as SoftMaskAttrs;
      const h = SOFT_KINDS[kind].slope(isTaped() ? softMask(u, k, kind, fn) : saved);
      const total = maximum(sumRows(h), 1e-30); // 0 where m is all 0 and 1
      const mean = div(sumRows(mul(h, dy as Tensor)), total);
      return mul(h, minusEach(dy as Tensor, mean));
    },
  }),
};
