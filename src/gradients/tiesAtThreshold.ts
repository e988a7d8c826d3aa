import {
  cast,
  equal,
  greater,
  logicalAnd,
  reshape,
  slice,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { runKernel, withoutTape } from '../kernels/runKernel.ts';
import { rowTotals } from '../kernels/soft/rowTotals.ts';
import { TotalOrderTopK } from '../kernels/topk/TotalOrderTopK.ts';
import { isOnGpu } from '../util/isOnGpu.ts';

/**
 * The entries T = {x = τ} of each row in which only some of T are selected, where τ is the k-th value: true on T and
 * false elsewhere; all false in a row where T is selected as a whole. Constant in x. Where τ is NaN no number is left
 * unselected that could tie: NaN comes first of the largest and last of the smallest.
 *
 * @param x `[rows, n]`
 * @param values `[rows, k]`, the selected ones, sorted, k ≥ 1.
 * @param largest whether these are the largest or the smallest.
 * @returns `[rows, n]`, bool; undefined if it is known that no row has such a tie.
 */
export function tiesAtThreshold(x: Tensor, values: Tensor, largest: boolean): Tensor | undefined {
  const [rows, k] = values.shape;
  if (k === x.shape[1] || (!isOnGpu() && !nextTies(x, k, largest))) return undefined;
  // For one row a scalar: broadcasting a column takes tfjs 20 times as long.
  const perRow = (t: Tensor) => (rows === 1 ? reshape(t, []) : t);
  return withoutTape(() => {
    const τ: Tensor = slice(values, [0, k - 1], [rows, 1]);
    const [tied, tiedSelected] = [x, values].map((t) => equal(t, perRow(τ)));
    const [all, selected] = [tied, tiedSelected].map((t) => rowTotals(cast(t, 'float32')));
    return logicalAnd(tied, perRow(greater(all, selected)));
  });
}

/** Whether the (k+1)-th entry of a row equals the k-th: a selection, which takes far less than a comparison of all. */
function nextTies(x: Tensor, k: number, largest: boolean): boolean {
  const attrs = { k: k + 1, largest, sorted: true };
  const [top] = withoutTape(() => runKernel(TotalOrderTopK, { x }, attrs));
  return top
    .dataSync<'float32'>()
    .some((entry, i, entries) => i % (k + 1) === k && entry === entries[i - 1]);
}
