import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkK } from '../args/checkK.ts';
import { tidyValue } from '../util/tidyValue.ts';
import { toTensor } from '../args/toTensor.ts';

export interface SelectionRadius {
  /** ‖ΔW‖_F: margin / (√2 ‖x‖) */
  inW: number;
  /** ‖Δx‖: min (yᵢ − yⱼ) / ‖wᵢ − wⱼ‖ over selected i and others j */
  inX: number;
  /** ‖Δy‖₂: margin / √2; in the maximum norm it is margin / 2 */
  inY: number;
}

/**
 * How far W, x or y = Wx can move before topk(Wx) selects other rows, in the Euclidean norm. Each
 * radius is tight: beyond it, in the worst direction, another row is selected.
 *
 * In y and W that direction makes the k-th and the (k+1)-th entry, i and j, meet half way:
 * (eⱼ − eᵢ) / √2 in y, and that times xᵀ / ‖x‖ in W. In x it is (wⱼ − wᵢ) / ‖wⱼ − wᵢ‖ for the selected i and
 * the other j that meet first, which may be another pair.
 *
 * All of it is computed in float64 from the entries of W and x. What float32 makes of Wx differs by
 * its rounding, so a radius that is as small says nothing about it.
 *
 * @param W `[n, d]`, float32, finite.
 * @param x `[d]`, float32, finite; or a batch `[b, d]`: then the radii within which no example's
 *   selection changes, where inX is the norm of all of Δx.
 * @param k an integer in [0, n].
 * @returns numbers, read synchronously. 0 at a tie across the cut, but in x not if it is of equal
 *   rows, which always tie. Infinity where nothing can change: for k = 0, k = n, and x = 0 (in W).
 * @throws if the shapes do not fit, k is not an integer in [0, n], or an entry is not finite.
 */
export function selectionRadius(
  W: Tensor | TensorLike,
  x: Tensor | TensorLike,
  k: number,
): SelectionRadius {
  const { n, d, b, Ws, xs } = read(W, x, k);
  const radius = { inW: Infinity, inX: Infinity, inY: Infinity };
  const rows = rowsOf(Ws, n, d, 'W');
  const examples = rowsOf(xs, b, d, 'x');
  if (k === 0 || k === n) return radius;

  const norms = rows.map(norm);
  for (const x of examples) {
    const y = rows.map((w) => dot(w, x));
    const byValue = Array.from(y.keys()).sort((i, j) => y[j] - y[i]); // stable: ties by index
    const margin = y[byValue[k - 1]] - y[byValue[k]];
    const size = norm(x);
    radius.inY = Math.min(radius.inY, margin / Math.SQRT2);
    if (size > 0) radius.inW = Math.min(radius.inW, margin / (Math.SQRT2 * size));
    for (const i of byValue.slice(0, k)) {
      for (const j of byValue.slice(k)) {
        const gap = y[i] - y[j];
        if (gap > radius.inX * (norms[i] + norms[j])) continue; // ≥ ‖wᵢ − wⱼ‖: not the least
        const apart = norm(rows[i].map((w, c) => w - rows[j][c]));
        if (apart > 0) radius.inX = Math.min(radius.inX, gap / apart);
      }
    }
  }
  return radius;
}

function read(W: Tensor | TensorLike, x: Tensor | TensorLike, k: number) {
  return tidyValue(() => {
    const $W = toTensor(W, 'W', 'selectionRadius', 'float32');
    const $x = toTensor(x, 'x', 'selectionRadius', 'float32');
    const refuse = (rule: string) => {
      throw new Error(`selectionRadius: ${rule}`);
    };
    if ($W.rank !== 2) refuse(`W must be of rank 2, got rank ${String($W.rank)}`);
    if ($x.rank !== 1 && $x.rank !== 2)
      refuse(`x must be of rank 1 or 2, got rank ${String($x.rank)}`);
    const [n, d] = $W.shape;
    const length = $x.shape[$x.rank - 1];
    if (length !== d) {
      refuse(
        `x must have as many entries as W has columns, got ${String(length)} for ${String(d)}`,
      );
    }
    checkK(k, n, 'selectionRadius');
    const b = $x.rank === 1 ? 1 : $x.shape[0];
    return { n, d, b, Ws: $W.dataSync(), xs: $x.dataSync() };
  });
}

/** In float64, a number of rows of d entries. */
function rowsOf(entries: ArrayLike<number>, rows: number, d: number, name: string) {
  const data = Float64Array.from(entries);
  const wrong = data.find((entry) => !Number.isFinite(entry));
  if (wrong !== undefined) {
    throw new Error(`selectionRadius: ${name} must be finite, got ${String(wrong)}`);
  }
  return Array.from({ length: rows }, (_, i) => data.subarray(i * d, (i + 1) * d));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, entry, i) => sum + entry * b[i], 0);
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
