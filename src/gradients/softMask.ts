import {
  abs,
  div,
  engine,
  lessEqual,
  maximum,
  mul,
  neg,
  reshape,
  sub,
  sum,
  tidy,
  where,
  zerosLike,
  type GradConfig,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { subtractPerRow } from '../kernels/soft/subtractPerRow.ts';
import { SOFT_KINDS, type SoftKindName } from '../kernels/soft/softKinds.ts';
import {
  GREATEST,
  provideSoftMask,
  SoftMask,
  type SoftMaskAttrs,
} from '../kernels/soft/SoftMask.ts';
import { rowTotals } from '../kernels/soft/rowTotals.ts';
import { isTaped, withoutTape } from './withoutTape.ts';

interface Inputs {
  /** `[…, n]` */
  x: Tensor;
  /** the temperature, a scalar */
  τ: Tensor;
}

/** m = F((x − θ) / τ), with θ such that the m of each row sum to k. Errors name `fn`. */
export function softMask({ x, τ }: Inputs, k: number, kind: SoftKindName, fn: string): Tensor {
  if (x.size === 0) return x;
  const n = x.shape[x.rank - 1];
  // F is symmetric. What is small can be exact: of k = n − ½ it is the n − k that are left out.
  if (k > n / 2) return sub(1, softMask({ x: neg(x), τ }, n - k, kind, fn));
  provideSoftMask();
  const inputs = { x: reshape(x, [-1, n]), τ };
  return reshape(engine().runKernel<Tensor>(SoftMask, inputs, { k, kind, fn }), x.shape);
}

/**
 * Σm stays k, so dθ = ⟨h, dx⟩ / ⟨h, 1⟩ with h = F′((x − θ) / τ) / τ, and
 *
 *   dL/dx = h ⊙ (dL/dm − ⟨h, dL/dm⟩ / ⟨h, 1⟩),   dL/dτ = −⟨dL/dx, x⟩ / τ.
 *
 * h is a function of m. For a second order m is computed again: to tfjs a saved output is a constant.
 */
export const softMaskRule: GradConfig = {
  kernelName: SoftMask,
  inputsToSave: ['x', 'τ'],
  outputsToSave: [true],
  gradFunc: (dy, [x, τ, saved], attrs) => {
    const { k, kind, fn } = attrs as SoftMaskAttrs;
    const h = tidy(() =>
      SOFT_KINDS[kind].slope(isTaped() ? softMask({ x, τ }, k, kind, fn) : saved),
    );
    const dx = tidy(() => {
      const mean = weightedMean(h, dy as Tensor);
      return div(mul(h, subtractPerRow(dy as Tensor, mean)), τ);
    });
    return {
      x: () => dx,
      τ: () => {
        // Σ dL/dx is 0, so x may be counted from anywhere: from where the slope is, nothing cancels.
        const isFinite = withoutTape(() => lessEqual(abs(x), GREATEST)); // tfjs has no rule for it
        const finite = where(isFinite, x, zerosLike(x));
        const fromMean = subtractPerRow(finite, weightedMean(h, finite));
        return neg(div(sum(mul(dx, fromMean)), τ));
      },
    };
  },
};

/** ⟨h, t⟩ / ⟨h, 1⟩ of each row; 0 where h is, as that of a mask of 0 and 1. */
function weightedMean(h: Tensor, t: Tensor): Tensor {
  return div(rowTotals(mul(h, t)), maximum(rowTotals(h), 1e-30));
}
