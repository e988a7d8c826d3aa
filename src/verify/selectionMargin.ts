import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkK, checkNotScalar } from '../args/check.ts';
import { operation } from '../args/operation.ts';
import { toTensor } from '../args/toTensor.ts';
import { LARGEST_FIRST, topkAlong } from '../gradients/topkAlong.ts';

/** A type and not an interface, so that a callback of `tf.tidy` may return it. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type SelectionMargin = {
  /** y₍ₖ₎, the smallest selected entry; Infinity for k = 0. */
  threshold: number;
  /** y₍ₖ₊₁₎, the largest entry that is not selected; −Infinity for k = n. */
  runnerUp: number;
  /** y₍ₖ₎ − y₍ₖ₊₁₎ ≥ 0: the margin of the selected set. */
  margin: number;
  /** The margin of their order: the smallest of y₍ᵢ₎ − y₍ᵢ₊₁₎ for i = 1, …, k. It is at most `margin`. */
  orderMargin: number;
};

/**
 * How far y is from a point at which top-k selects other entries. If the margin is positive, the same k entries
 * are selected at every y′ with |y′ᵢ − yᵢ| < margin / 2 for all i, or with ‖y′ − y‖₂ < margin / √2. If it is 0,
 * entries tie across the threshold.
 *
 * That is about the set that is selected. Within that distance, a loss that is symmetric in the values, such as
 * Σ v², is as smooth as if the selection were fixed. A loss that depends on the order of the values needs
 * `orderMargin` in place of `margin`: within half of it, or 1/√2 of it, the selected entries keep their order, too.
 *
 * @param y `[n]`, or a batch `[…, n]`: then threshold, runnerUp and margin are those of the row with the smallest
 *   margin, and orderMargin is the smallest of any row, so that no row changes within that distance.
 * @param k an integer in [0, n].
 * @returns numbers in the unit of y, read synchronously. The margins are Infinity where nothing can change: for
 *   k = 0, for no rows, and `margin` for k = n. In a row that selects NaN, margin is NaN if the threshold is, and
 *   orderMargin always.
 * @throws if y is a scalar, or k is not an integer in [0, n].
 *
 * @example
 * selectionMargin([5, 1, 3, 2], 2); // { threshold: 3, runnerUp: 2, margin: 1, orderMargin: 1 }
 * selectionMargin([5, 5, 3, 2], 3); // { threshold: 3, runnerUp: 2, margin: 1, orderMargin: 0 }
 */
export function selectionMargin(y: Tensor | TensorLike, k: number): SelectionMargin {
  return operation('selectionMargin', () => {
    const $y = toTensor(y, 'y');
    checkNotScalar($y, 'y');
    const last = $y.rank - 1;
    const n = $y.shape[last];
    checkK(k, n);

    const kept = Math.min(k + 1, n);
    const largest = topkAlong($y, kept, { ...LARGEST_FIRST, axis: last }).values.dataSync();
    let set = { threshold: Infinity, runnerUp: -Infinity, margin: Infinity };
    let orderMargin = Infinity;
    for (let start = 0; start < largest.length; start += kept) {
      const row = largest.subarray(start, start + kept);
      const threshold = k === 0 ? Infinity : row[k - 1];
      const runnerUp = k === n ? -Infinity : row[k];
      const gaps = Array.from(row.subarray(0, k), (entry, i) => gap(entry, row.at(i + 1)));
      const margin = gaps.at(-1) ?? Infinity;
      if (start === 0 || margin < set.margin || Number.isNaN(margin)) {
        set = { threshold, runnerUp, margin };
      }
      orderMargin = gaps.reduce((smallest, gap) => Math.min(smallest, gap), orderMargin);
    }
    return { ...set, orderMargin };
  });
}

/** Infinity if there is no next entry. ∞ − ∞ is a tie, not NaN. */
function gap(entry: number, next: number | undefined): number {
  if (next === undefined) return Number.isNaN(entry) ? NaN : Infinity;
  return entry === next ? 0 : entry - next;
}
