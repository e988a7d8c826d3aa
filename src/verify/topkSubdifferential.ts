import { tensor1d, type Tensor, type Tensor1D, type TensorLike } from '@tensorflow/tfjs-core';
import { assertArg, checkK, checkNotNegative } from '../args/check.ts';
import { checkFinite } from '../args/checkEntries.ts';
import { named } from '../args/operation.ts';
import { HALF_OF_SMALLEST } from './differences/rounding.ts';
import { readEntries } from './subdifferential/readEntries.ts';
import { splitAtThreshold, type ThresholdSplit } from './subdifferential/splitAtThreshold.ts';

export interface TopkSubdifferential extends ThresholdSplit {
  /** `[n]`: the element with θ = 1 on the r lowest indices of T, as topk's tieGradient 'first' returns it. */
  vertex: () => Tensor1D;
  /** `[n]`: the element of least Euclidean norm, with θ = r / |T| on T, as topk's tieGradient 'even' returns it. */
  minNorm: () => Tensor1D;
  /**
   * Whether g, `[n]`, is an element up to rounding: whether some element differs from it in each entry by at most
   * `tolerance` (1e-6) times the absolute value of that entry's slope. Outside of A and T, g must be 0, as automatic
   * differentiation returns it.
   */
  contains: (g: Tensor | TensorLike, tolerance?: number) => boolean;
}

/**
 * The Clarke subdifferential at y of f(y) = Σ φ(yᵢ) over the k largest entries, for continuously differentiable φ:
 *
 *   g = φ′(y) ⊙ θ with θ = 1 on A, θ ∈ [0, 1] with Σθ = r on T, and θ = 0 elsewhere.
 *
 * A are the entries above the threshold τ, the k-th largest, T those equal to it, and r of these are selected.
 *
 * If r = |T| or φ′(τ) = 0, it is a single point, and f is differentiable at y. As a function of W, for y = Wx with
 * one x ≠ 0, f has the subdifferential {g xᵀ}. For a batch, the sum of these sets can be larger than the
 * subdifferential of the sum: see `topkLinearSubdifferential`.
 *
 * @param y `[n]`, float32, without NaN.
 * @param k an integer in [0, n].
 * @param slope φ′(y), `[n]`, float32, finite. The default is 1 everywhere, for the sum of the k largest entries.
 * @returns `above`, the indices of A, `tied`, those of T, and `remaining`, r, which are read synchronously; `vertex`
 *   and `minNorm`, of which each call makes a new tensor that the caller disposes; and `contains`.
 * @throws if y is not of rank 1 or contains NaN, k is not an integer in [0, n], or slope is not of the shape of y,
 *   not finite, or not the same on all of T.
 *
 * @example
 * const set = topkSubdifferential([3, 1, 1, 0], 2); // one of the two ones is selected
 * set.tied; // [1, 2]
 * set.vertex().print(); // [1, 1, 0, 0]
 * set.minNorm().print(); // [1, 0.5, 0.5, 0]
 * set.contains([1, 1, 1, 0]); // false
 */
export function topkSubdifferential(
  y: Tensor | TensorLike,
  k: number,
  slope?: Tensor | TensorLike,
): TopkSubdifferential {
  return named('topkSubdifferential', () => {
    const ys = readEntries(y, 'y');
    const n = ys.length;
    checkK(k, n);
    const slopes = slope === undefined ? ys.map(() => 1) : readEntries(slope, 'slope', [n]);
    checkFinite(slopes, [n], 'slope');
    const { above, tied, remaining } = splitAtThreshold(Array.from(ys), k);
    const other = tied.find((i) => slopes[i] !== slopes[tied[0]]) ?? -1;
    const rule = 'be the same for all entries that tie at the threshold';
    const got = [tied[0], other].map((i) => `${String(slopes[i])} at [${String(i)}]`).join(' and ');
    assertArg(other < 0, 'slope', rule, got);

    const element = (θ: (rank: number) => number) => {
      const g = new Float32Array(n);
      for (const i of above) g[i] = slopes[i];
      for (const [rank, i] of tied.entries()) g[i] = slopes[i] * θ(rank);
      return tensor1d(g);
    };
    return {
      above,
      tied,
      remaining,
      vertex: () => element((rank) => (rank < remaining ? 1 : 0)),
      minNorm: () => element(() => remaining / tied.length),
      contains: (g, tolerance = 1e-6) =>
        named('topkSubdifferential', () => {
          checkNotNegative(tolerance, 'tolerance');
          const entries = readEntries(g, 'g', [n]);
          return isElement(entries, { above, tied, remaining }, slopes, tolerance);
        }),
    };
  });
}

function isElement(
  g: Float32Array,
  { above, tied, remaining }: ThresholdSplit,
  slopes: Float32Array,
  tolerance: number,
): boolean {
  const slack = (slope: number) => tolerance * Math.abs(slope) + HALF_OF_SMALLEST;
  const candidates = new Set([...above, ...tied]);
  if (g.some((entry, i) => entry !== 0 && !candidates.has(i))) return false;
  if (above.some((i) => !(Math.abs(g[i] - slopes[i]) <= slack(slopes[i])))) return false;

  // On T, entry i of a near element is in [lo, hi]; they can be chosen to have the sum r φ′(τ).
  const s = tied.length === 0 ? 0 : slopes[tied[0]]; // φ′(τ)
  const lo = tied.map((i) => Math.max(g[i] - slack(s), Math.min(0, s)));
  const hi = tied.map((i) => Math.min(g[i] + slack(s), Math.max(0, s)));
  const sum = (entries: number[]) => entries.reduce((sum, entry) => sum + entry, 0);
  return (
    lo.every((entry, i) => entry <= hi[i]) && sum(lo) <= remaining * s && remaining * s <= sum(hi)
  );
}
