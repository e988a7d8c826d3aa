import {
  abs,
  argMax,
  div,
  expandDims,
  greater,
  lessEqual,
  max,
  maximum,
  mul,
  neg,
  onesLike,
  reshape,
  scalar,
  sub,
  tidy,
  where,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { checkDataDtypes } from '../kernels/linear/checkDataDtypes.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { isTaped, runKernel, withoutTape, type Rule } from '../kernels/runKernel.ts';
import { rowTotals } from '../kernels/soft/rowTotals.ts';
import { SOFT_KINDS, type SoftKindName } from '../kernels/soft/softKinds.ts';
import { SoftMask } from '../kernels/soft/SoftMask.ts';
import type { SoftMaskAttrs } from '../kernels/soft/SoftMaskCall.ts';
import { subtractPerRow } from '../kernels/soft/subtractPerRow.ts';
import { MAX_FLOAT } from '../util/float32.ts';
import { zerosFrom } from '../util/zerosFrom.ts';
import { takeAlong } from './alongAxis.ts';

/** How many tensors of the size of x there are at a time, at most. */
const COPIES = 12;

/**
 * m = F((x − θ) / τ), with θ such that the m of each row sum to k.
 *
 * @param x `[…, n]`
 * @param τ the temperature, a scalar
 */
export function softMask(x: Tensor, τ: Tensor, k: number, kind: SoftKindName): Tensor {
  if (x.size === 0) return zerosFrom([x, τ], x.shape);
  checkDataDtypes({ x, temperature: τ });
  assertFits(COPIES * x.size);
  const n = x.shape[x.rank - 1];
  // From rank 7 on tfjs's arithmetic fails on wasm, without a word.
  if (x.rank !== 2) return reshape(softMask(reshape(x, [-1, n]), τ, k, kind), x.shape);
  // F is symmetric. The smaller of k and n − k is the one that float32 can hit precisely.
  if (k > n / 2) return sub(1, softMask(neg(x), τ, n - k, kind));
  return runKernel(SoftMask, { x, τ }, { k, kind }, softMaskRule)[0];
}

/**
 * Σm stays k, so dθ = ⟨h, dx⟩ / ⟨h, 1⟩ with h = F′((x − θ) / τ) / τ, and
 *
 *   dL/dx = h ⊙ (dL/dm − ⟨h, dL/dm⟩ / ⟨h, 1⟩),   dL/dτ = −⟨dL/dx, x⟩ / τ.
 *
 * h is a function of m. For a second order m is computed again: tfjs treats a saved output as a constant.
 */
const softMaskRule: Rule = {
  inputsToSave: ['x', 'τ'],
  outputsToSave: [true],
  gradFunc: (dy, [x, τ, saved], attrs) => {
    const { k, kind } = attrs as SoftMaskAttrs;
    assertFits(COPIES * x.size);
    const h = tidy(() =>
      SOFT_KINDS[kind].ofTensors.slope(isTaped() ? softMask(x, τ, k, kind) : saved),
    );
    const dx = tidy(() => {
      const mean = weightedMean(h, dy as Tensor);
      return div(mul(h, subtractPerRow(dy as Tensor, mean)), τ);
    });
    return {
      x: () => dx,
      τ: () => {
        // Σ dL/dx is 0, so x may be counted from anywhere: from where the slope is, nothing cancels. First from the
        // entry with the largest slope, since a mean of large numbers is rounded.
        const [isFinite, scale] = withoutTape(() => finiteAndScale(x)); // tfjs has no rules for them
        const finite = mul(where(isFinite, x, zerosLike(x)), scale);
        const steepest = withoutTape(() => takeAlong(finite, expandDims(argMax(h, 1), 1), 1));
        const fromSteepest = subtractPerRow(finite, steepest);
        const fromMean = subtractPerRow(fromSteepest, weightedMean(h, fromSteepest));
        const total = rowTotals(reshape(mul(dx, fromMean), [1, -1]));
        return neg(div(div(reshape(total, []), scale), τ)); // by τ last: total / τ may underflow
      },
    };
  },
};

/** Which entries of x are finite, and a scale with which the sum of these does not overflow. */
function finiteAndScale(x: Tensor): Tensor[] {
  const isFinite = lessEqual(abs(x), MAX_FLOAT);
  const largest = max(where(isFinite, abs(x), zerosLike(x)));
  return [isFinite, where(greater(largest, 1e28), scalar(2 ** -40), scalar(1))];
}

/**
 * ⟨h, t⟩ / ⟨h, 1⟩ of each row; 0 where h is 0, as for a mask of 0 and 1. h is divided by its largest entry, since the
 * rule of div divides by the square of ⟨h, 1⟩, which would underflow.
 */
function weightedMean(h: Tensor, t: Tensor): Tensor {
  const largest = withoutTape(() => max(h, 1, true));
  const weights = div(h, where(greater(largest, 0), largest, onesLike(largest)));
  return div(rowTotals(mul(weights, t)), maximum(rowTotals(weights), 1));
}
