import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkK, checkNotScalar } from '../args/check.ts';
import { operation } from '../args/operation.ts';
import { toTensor } from '../args/toTensor.ts';
import { topk } from '../topk.ts';

export interface SelectionMargin {
  /** y₍ₖ₎, the smallest selected entry; Infinity for k = 0. */
  threshold: number;
  /** y₍ₖ₊₁₎, the largest entry that is not selected; −Infinity for k = n. */
  runnerUp: number;
  /** y₍ₖ₎ − y₍ₖ₊₁₎ ≥ 0. */
  margin: number;
}

/**
 * How far y is from a point at which top-k selects other entries. If the margin is positive, the same k entries
 * are selected at every y′ with |y′ᵢ − yᵢ| < margin / 2 for all i, or with ‖y′ − y‖₂ < margin / √2. If it is 0,
 * entries tie across the threshold.
 *
 * That is about the set that is selected. Within that distance, a loss that is symmetric in the values, such as
 * Σ v², is as smooth as if the selection were fixed. A loss that depends on the order of the values needs the
 * smallest of the margins for 1, 2, …, k.
 *
 * @param y `[n]`, or a batch `[…, n]`: then the result is that of the row with the smallest margin, so no row
 *   changes its selection within that distance.
 * @param k an integer in [0, n].
 * @returns numbers in the unit of y, read synchronously. The margin is Infinity where the selection cannot
 *   change (k = 0, k = n, or no rows), and NaN if NaN is selected in any row.
 * @throws if y is a scalar, or k is not an integer in [0, n].
 *
 * @example
 * selectionMargin([5, 1, 3, 2], 2); // { threshold: 3, runnerUp: 2, margin: 1 }
 */
export function selectionMargin(y: Tensor | TensorLike, k: number): SelectionMargin {
  return operation('selectionMargin', () => {
    const $y = toTensor(y, 'y');
    checkNotScalar($y, 'y');
    const n = $y.shape[$y.rank - 1];
    checkK(k, n);

    const kept = Math.min(k + 1, n);
    const largest = topk($y, kept).values.dataSync();
    let result = { threshold: Infinity, runnerUp: -Infinity, margin: Infinity };
    for (let row = 0; row < largest.length; row += kept) {
      const threshold = k === 0 ? Infinity : largest[row + k - 1];
      const runnerUp = k === n ? -Infinity : largest[row + k];
      const margin = threshold === runnerUp ? 0 : threshold - runnerUp; // ∞ − ∞ is a tie, not NaN
      const isSmallest = row === 0 || margin < result.margin || Number.isNaN(margin);
      if (isSmallest) result = { threshold, runnerUp, margin };
    }
    return result;
  });
}
