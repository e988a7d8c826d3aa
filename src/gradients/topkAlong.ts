import type { Tensor } from '@tensorflow/tfjs-core';
import { runKernel } from '../kernels/runKernel.ts';
import { swapAxes } from '../kernels/swapAxes.ts';
import { TotalOrderTopK } from '../kernels/topk/TotalOrderTopK.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { registerGradients } from './registerGradients.ts';
import { topkRule, type TieGradient } from './topkRule.ts';

interface Options {
  axis: number;
  largest: boolean;
  sorted: boolean;
  tieGradient: TieGradient;
}

export const LARGEST_FIRST = { largest: true, sorted: true, tieGradient: 'first' } as const;

/** `topk` of checked arguments, for every function that selects: each names the errors by its own name. */
export function topkAlong<T extends Tensor>(
  x: T,
  k: number,
  { axis, largest, sorted, tieGradient }: Options,
): { values: T; indices: T } {
  registerGradients();
  const last = x.rank - 1;
  if (axis !== last) assertFits(x.size * (1 + (4 * k) / Math.max(1, x.shape[axis]))); // transposed, with its results
  const swap = (t: Tensor) => swapAxes(t, axis, last) as T;
  const isSorted = sorted || tieGradient === 'even'; // whose rule takes the last value for the threshold
  const attrs = { k, largest, sorted: isSorted, tieGradient };
  const [values, indices] = runKernel(TotalOrderTopK, { x: swap(x) }, attrs, topkRule);
  return { values: swap(values), indices: swap(indices) };
}
