import { tensor1d, type Tensor, type Tensor1D, type TensorLike } from '@tensorflow/tfjs-core';
import { assertArg, checkK } from '../args/check.ts';
import { named } from '../args/operation.ts';
import { toTensor } from '../args/toTensor.ts';
import { topk } from '../topk.ts';
import { formatShape } from '../util/formatShape.ts';
import { OperationError } from '../util/OperationError.ts';
import { tidyValue } from '../util/tidyValue.ts';

export interface TopkSubdifferential {
  /** A: the indices of the entries above τ, the k-th largest; all of them are selected. */
  above: number[];
  /** T: the indices of the entries equal to τ. */
  tied: number[];
  /** r = k − |A|: how many entries of T are selected. If all are, the gradient is unique. */
  remaining: number;
  /** `[n]`: the element with θ = 1 on the r lowest indices of T, as topk's tieGradient 'first' returns it. */
  vertex: () => Tensor1D;
  /** `[n]`: the element of least Euclidean norm, with θ = r / |T| on T, as topk's tieGradient 'even' returns it. */
  minNorm: () => Tensor1D;
  /**
   * Whether g, `[n]`, is an element. An entry may be off by `tolerance` (1e-6) times the absolute value of its
   * slope, or times 1 if that is larger.
   */
  contains: (g: Tensor | TensorLike, tolerance?: number) => boolean;
}

/**
 * The Clarke subdifferential at y of f(y) = Σ φ(yᵢ) over the k largest entries, for continuously differentiable φ:
 *
 *   g = φ′(y) ⊙ θ with θ = 1 on A, θ ∈ [0, 1] with Σθ = r on T, and θ = 0 elsewhere.
 *
 * If r = |T| or φ′(τ) = 0, it is a single point, and f is differentiable at y. As a function of W, for y = Wx with
 * one x ≠ 0, f has the subdifferential {g xᵀ}. For a batch, the sum of these sets can be larger than the
 * subdifferential of the sum.
 *
 * @param y `[n]`, float32, without NaN.
 * @param k an integer in [0, n].
 * @param slope φ′(y), `[n]`, float32. The default is 1 everywhere, for the sum of the k largest entries.
 * @returns indices as numbers, read synchronously. Each call of `vertex` or `minNorm` makes a new tensor, which
 *   belongs to the caller.
 * @throws if y is not of rank 1 or contains NaN, k is not an integer in [0, n], or slope is not of the shape of y
 *   or not the same on all of T.
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
    const ys = read(y, 'y');
    const n = ys.length;
    checkK(k, n);
    const slopes = slope === undefined ? ys.map(() => 1) : read(slope, 'slope', n);

    const τ = k === 0 ? Infinity : tidyValue(() => topk(ys, k).values.dataSync()[k - 1]);
    const indices = Array.from(ys.keys());
    const above = indices.filter((i) => ys[i] > τ);
    const tied = indices.filter((i) => ys[i] === τ && k > 0);
    const remaining = k - above.length;
    if (tied.some((i) => slopes[i] !== slopes[tied[0]])) {
      throw new OperationError('slope must be the same for all entries that tie at the threshold');
    }

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
          const gs = read(g, 'g', n);
          return isElement(gs, { above, tied, remaining }, slopes, tolerance);
        }),
    };
  });
}

function isElement(
  g: Float32Array,
  { above, tied, remaining }: Pick<TopkSubdifferential, 'above' | 'tied' | 'remaining'>,
  slopes: Float32Array,
  tolerance: number,
): boolean {
  const isNear = (a: number, b: number, scale: number) =>
    Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(scale));
  const s = tied.length === 0 ? 0 : slopes[tied[0]]; // φ′(τ)
  const clamp = (entry: number) => Math.min(Math.max(entry, Math.min(0, s)), Math.max(0, s));
  const [inA, inT] = [new Set(above), new Set(tied)];
  const sum = tied.reduce((sum, i) => sum + g[i], 0);
  return (
    isNear(sum, remaining * s, tied.length * s) &&
    g.every((entry, i) => {
      if (inT.has(i)) return isNear(entry, clamp(entry), s);
      return isNear(entry, inA.has(i) ? slopes[i] : 0, slopes[i]);
    })
  );
}

/** The entries of a vector, of length n if that is given. */
function read(vector: Tensor | TensorLike, argument: string, n?: number): Float32Array {
  return tidyValue(() => {
    const t = toTensor(vector, argument, 'float32');
    const rule = n === undefined ? 'be of rank 1' : `be of shape [${String(n)}]`;
    const holds = t.rank === 1 && t.size === (n ?? t.size);
    assertArg(holds, argument, rule, `shape ${formatShape(t.shape)}`);
    const entries = Float32Array.from(t.dataSync());
    if (entries.some(Number.isNaN)) throw new OperationError(`${argument} must not contain NaN`);
    return entries;
  });
}
