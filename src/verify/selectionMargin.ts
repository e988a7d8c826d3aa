import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkK } from '../args/checkK.ts';
import { tidyValue } from '../util/tidyValue.ts';
import { toTensor } from '../args/toTensor.ts';
import { topk } from '../topk.ts';

export interface SelectionMargin {
  /** y₍ₖ₎, the least selected entry; +Infinity for k = 0 */
  threshold: number;
  /** y₍ₖ₊₁₎, the greatest entry that is not selected; −Infinity for k = n */
  runnerUp: number;
  /** y₍ₖ₎ − y₍ₖ₊₁₎ ≥ 0 */
  margin: number;
}

/**
 * How far top-k is from selecting other entries. Where the margin is > 0, the same k entries are
 * selected at every y′ with |y′ᵢ − yᵢ| < margin / 2, or ‖y′ − y‖₂ < margin / √2. Where it is 0, entries
 * tie across the cut.
 *
 * That is about the set. So a loss that is symmetric in the values, such as Σ v², is as smooth within
 * that distance as on these entries alone. For the order of the values, and any other loss, the least
 * of the margins for 1, 2, …, k counts.
 *
 * @param y `[n]`, or a batch `[…, n]`: then the row with the least margin counts, within whose
 *   distance no row selects other entries.
 * @param k an integer in [0, n].
 * @returns numbers in y's unit, read synchronously. The margin is Infinity where nothing can change:
 *   for k = 0, k = n, or no rows; and NaN where NaN is selected, of any row.
 * @throws if y is a scalar, or k is not an integer in [0, n].
 */
export function selectionMargin(y: Tensor | TensorLike, k: number): SelectionMargin {
  const { n, greatest } = tidyValue(() => {
    const $y = toTensor(y, 'y', 'selectionMargin');
    if ($y.rank === 0) {
      throw new Error('selectionMargin: y must be of rank 1 or higher, got a scalar');
    }
    const n = $y.shape[$y.rank - 1];
    checkK(k, n, 'selectionMargin');
    return { n, greatest: topk($y, Math.min(k + 1, n)).values.dataSync() };
  });

  let least: SelectionMargin = { threshold: Infinity, runnerUp: -Infinity, margin: Infinity };
  const kept = Math.min(k + 1, n);
  for (let row = 0; row < greatest.length; row += kept) {
    const threshold = k === 0 ? Infinity : greatest[row + k - 1];
    const runnerUp = k === n ? -Infinity : greatest[row + k];
    const margin = threshold === runnerUp ? 0 : threshold - runnerUp; // ∞ − ∞ is a tie, not NaN
    const isLeast = row === 0 || margin < least.margin || Number.isNaN(margin);
    if (isLeast) least = { threshold, runnerUp, margin };
  }
  return least;
}
