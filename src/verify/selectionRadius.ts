import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { assertArg, checkK } from '../args/check.ts';
import { operation } from '../args/operation.ts';
import { toTensor } from '../args/toTensor.ts';
import { finiteRows } from './finiteRows.ts';
import { norm } from './subdifferential/dot.ts';
import { exactProducts, exactToNumber } from './subdifferential/exactProducts.ts';

/** A type and not an interface, so that a callback of `tf.tidy` may return it. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type SelectionRadius = {
  /** In ‖ΔW‖_F: margin / (√2 ‖x‖). */
  inW: number;
  /** In ‖Δx‖₂: the minimum of (yᵢ − yⱼ) / ‖wᵢ − wⱼ‖ over selected i and unselected j. */
  inX: number;
  /** In ‖Δy‖₂: margin / √2. In the maximum norm it is margin / 2. */
  inY: number;
};

/**
 * How far W, x or y = Wx can move, in the Euclidean norm, before topk(Wx) selects other rows. Each radius is
 * tight: just beyond it, in the worst direction, another row is selected.
 *
 * The worst direction in y lets the k-th and the (k+1)-th largest entry, i and j, meet half way: it is
 * (eⱼ − eᵢ) / √2. In W it is that times xᵀ / ‖x‖. In x it is (wⱼ − wᵢ) / ‖wⱼ − wᵢ‖ for the selected i and the
 * unselected j that meet first, which may be another pair.
 *
 * The differences of entries of Wx are those of the float32 entries of W and x, exactly, so nothing is lost where Wx
 * cancels; the radii are rounded to float64. Wx in float32 differs from Wx by its rounding error, and a radius below
 * that error says nothing about it.
 *
 * @param W `[n, d]`, float32, finite.
 * @param x `[d]`, float32, finite; or a batch `[b, d]`: then the radii are those within which no example changes
 *   its selection, and inX bounds the norm of all of Δx.
 * @param k an integer in [0, n].
 * @returns numbers, read synchronously. A radius is 0 at a tie across the threshold, except that inX ignores
 *   pairs of equal rows, which tie for every x. It is Infinity where the selection cannot change: for k = 0 and
 *   k = n, and in W for x = 0.
 * @throws if the shapes do not match, k is not an integer in [0, n], or an entry is not finite.
 *
 * @example
 * const W = [[1, 0], [0, 1], [1, 1]];
 * const { inW, inX, inY } = selectionRadius(W, [3, 4], 1); // y = [3, 4, 7]
 * inW; // 0.424, which is 3 / (√2 · 5)
 * inX; // 3
 * inY; // 2.121, which is 3 / √2
 */
export function selectionRadius(
  W: Tensor | TensorLike,
  x: Tensor | TensorLike,
  k: number,
): SelectionRadius {
  return operation('selectionRadius', () => {
    const { rows, examples } = read(W, x, k);
    const radius = { inW: Infinity, inX: Infinity, inY: Infinity };
    if (k === 0 || k === rows.length) return radius;

    const norms = rows.map(norm);
    for (const x of examples) {
      const y = exactProducts(rows, x);
      const byValue = Array.from(y.keys()).sort((i, j) => (y[j] > y[i] ? 1 : -Number(y[j] < y[i])));
      const margin = exactToNumber(y[byValue[k - 1]] - y[byValue[k]]);
      const size = norm(x);
      radius.inY = Math.min(radius.inY, margin / Math.SQRT2);
      if (size > 0) radius.inW = Math.min(radius.inW, margin / (Math.SQRT2 * size));
      for (const i of byValue.slice(0, k)) {
        for (const j of byValue.slice(k)) {
          const gap = exactToNumber(y[i] - y[j]);
          // ‖wᵢ − wⱼ‖ ≤ ‖wᵢ‖ + ‖wⱼ‖, so this pair cannot be the minimum.
          if (gap > radius.inX * (norms[i] + norms[j])) continue;
          const distance = norm(rows[i].map((w, c) => w - rows[j][c]));
          if (distance > 0) radius.inX = Math.min(radius.inX, gap / distance);
        }
      }
    }
    return radius;
  });
}

function read(W: Tensor | TensorLike, x: Tensor | TensorLike, k: number) {
  const [$W, $x] = [toTensor(W, 'W', 'float32'), toTensor(x, 'x', 'float32')];
  const rank = (t: Tensor) => `rank ${String(t.rank)}`;
  assertArg($W.rank === 2, 'W', 'be of rank 2', rank($W));
  assertArg([1, 2].includes($x.rank), 'x', 'be of rank 1 or 2', rank($x));
  const [n, d] = $W.shape;
  const length = $x.shape[$x.rank - 1];
  const lengths = `${String(length)} for ${String(d)}`;
  assertArg(length === d, 'x', 'have as many entries as W has columns', lengths);
  checkK(k, n);
  return { rows: finiteRows($W, 'W'), examples: finiteRows($x, 'x') };
}
