import { tensor1d, type Tensor, type Tensor1D, type TensorLike } from '@tensorflow/tfjs-core';
import { checkK } from '../args/checkK.ts';
import { tidyValue } from '../util/tidyValue.ts';
import { toTensor } from '../args/toTensor.ts';
import { topk } from '../topk.ts';

export interface TopkSubdifferential {
  /** A: the indices of the entries above the k-th greatest, τ; all of them are selected */
  above: number[];
  /** T: the indices of the entries equal to τ */
  tied: number[];
  /** r = k − |A|, how many of T are selected; there is one gradient if all are */
  remaining: number;
  /** `[n]`: the element with all of the weight on the r lowest indices of T, as tf.grad returns it */
  vertex: () => Tensor1D;
  /** `[n]`: the element of least norm, with r / |T| on each of T */
  minNorm: () => Tensor1D;
  /** Whether g, `[n]`, is an element, to within `tolerance` (1e-6) of an entry's slope, or of 1 */
  contains: (g: Tensor | TensorLike, tolerance?: number) => boolean;
}

/**
 * The Clarke subdifferential at y of f(y) = Σ φ(yᵢ) over the k greatest entries:
 *
 *   g = φ′(y) ⊙ θ with θ = 1 on A, θ ∈ [0, 1] with Σθ = r on T, and 0 elsewhere.
 *
 * Where r = |T|, or φ′(τ) = 0, it is one point, and f is differentiable.
 *
 * @param y `[n]`, float32, without NaN.
 * @param k an integer in [0, n].
 * @param slope φ′(y), `[n]`, float32; by default 1 everywhere, for the sum of the k greatest.
 * @returns indices as numbers, read synchronously; the functions make new tensors, the caller's.
 * @throws if y is not of rank 1 or holds NaN, k is not in [0, n], or slope is not of y's shape or
 *   differs on T.
 */
export function topkSubdifferential(
  y: Tensor | TensorLike,
  k: number,
  slope?: Tensor | TensorLike,
): TopkSubdifferential {
  const ys = read(y, 'y');
  const n = ys.length;
  checkK(k, n, 'topkSubdifferential');
  const slopes = slope === undefined ? ys.map(() => 1) : read(slope, 'slope', n);

  const τ = k === 0 ? Infinity : tidyValue(() => topk(ys, k).values.dataSync()[k - 1]);
  const indices = Array.from(ys.keys());
  const above = indices.filter((i) => ys[i] > τ);
  const tied = indices.filter((i) => ys[i] === τ && k > 0);
  const remaining = k - above.length;
  if (tied.some((i) => slopes[i] !== slopes[tied[0]])) {
    throw new Error(
      'topkSubdifferential: slope must be the same for all entries that tie at the cut',
    );
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
    contains(g, tolerance = 1e-6) {
      const gs = read(g, 'g', n);
      const s = tied.length === 0 ? 0 : slopes[tied[0]];
      const inA = new Set(above);
      const inT = new Set(tied);
      const isNear = (a: number, b: number, scale: number) =>
        Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(scale));
      const isBetween = (a: number) =>
        isNear(a, Math.min(Math.max(a, Math.min(0, s)), Math.max(0, s)), s);
      const sum = tied.reduce((sum, i) => sum + gs[i], 0);
      return (
        isNear(sum, remaining * s, tied.length * s) &&
        indices.every((i) =>
          inT.has(i) ? isBetween(gs[i]) : isNear(gs[i], inA.has(i) ? slopes[i] : 0, slopes[i]),
        )
      );
    },
  };
}

/** The entries of a vector, of length n where that is given. */
function read(vector: Tensor | TensorLike, name: string, n?: number): Float32Array {
  return tidyValue(() => {
    const t = toTensor(vector, name, 'topkSubdifferential', 'float32');
    if (t.rank !== 1 || t.size !== (n ?? t.size)) {
      const shape = n === undefined ? 'be of rank 1' : `be of shape [${String(n)}]`;
      throw new Error(`topkSubdifferential: ${name} must ${shape}, got shape [${String(t.shape)}]`);
    }
    const entries = Float32Array.from(t.dataSync());
    if (entries.some(Number.isNaN)) {
      throw new Error(`topkSubdifferential: ${name} must not hold NaN`);
    }
    return entries;
  });
}
