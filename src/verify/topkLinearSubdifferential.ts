import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkFunction } from '../args/check.ts';
import { checkLinear } from '../args/checkLinear.ts';
import { named } from '../args/operation.ts';
import { tidyValue } from '../util/tidyValue.ts';
import { finiteRows } from './finiteRows.ts';
import { gradientOf } from './subdifferential/gradientOf.ts';
import { linearExamples } from './subdifferential/linearExamples.ts';
import type { Subdifferential } from './subdifferential/Subdifferential.ts';
import { subdifferentialOf } from './subdifferential/subdifferentialOf.ts';

export interface TopkLinearSubdifferential {
  /** In W, `[n, d]`. */
  inW: Subdifferential;
  /** In x, `[d]`, or `[b, d]` for a batch. */
  inX: Subdifferential;
}

/**
 * The Clarke and the Bouligand subdifferential in W and in x of L = Σ φ(v) over the values v of topk(Wx), and over all
 * examples of a batch. φ is continuously differentiable.
 *
 * In x, and in W where no two ties have slopes of opposite sign, the Clarke subdifferential is the sum over the
 * examples of {Wᵀ g} and {g xᵀ}, where g is in `topkSubdifferential`. Otherwise it can be smaller: only selections
 * count that one perturbation of W makes in all examples at once. docs/ties.md has the proofs.
 *
 * It is meant for small problems. Whether entries of Wx tie is decided exactly, in integer arithmetic on the float32
 * entries of W and x. The rest is in float64.
 *
 * @param W `[n, d]`, float32, finite, n and d ≥ 1.
 * @param x `[d]`, or a batch `[b, d]`; float32, finite.
 * @param k an integer in [0, n].
 * @param slope φ′, called with entries of Wx as numbers. The default is 1, for the sum of the k largest entries.
 * @returns `inW` and `inX`, each with `bouligand()`, `minNorm()` and `contains(g, tolerance)`. W and x are read
 *   synchronously, once.
 * @throws if an argument is not as described, or slope returns anything but a finite float32.
 *
 * @example
 * const W = [[1, 1], [1, -3]]; // both rows have the product 1 with x
 * const { inW, inX } = topkLinearSubdifferential(W, [1, 0], 1, (y) => 2 * y);
 * inX.bouligand().print(); // [[2, 2], [2, -6]]
 * inX.contains([2, 0]); // true
 * inX.contains([2, 3]); // false
 * inW.minNorm().print(); // [[1, 0], [1, 0]]
 * inW.contains([[2, 0], [2, 0]]); // false
 */
export function topkLinearSubdifferential(
  W: Tensor | TensorLike,
  x: Tensor | TensorLike,
  k: number,
  slope: (y: number) => number = () => 1,
): TopkLinearSubdifferential {
  const name = 'topkLinearSubdifferential';
  return named(name, () => {
    checkFunction(slope, 'slope');
    const { rows, xs, shape } = tidyValue(() => {
      const inputs = checkLinear(W, x, k);
      const [rows, xs] = [finiteRows(inputs.W, 'W'), finiteRows(inputs.x, 'x')];
      return { rows, xs, shape: inputs.x.shape };
    });
    const examples = linearExamples(rows, xs, k, slope);
    const d = rows[0].length;
    const inW = (b: number, i: number) => ({ offset: i * d, entries: xs[b] });
    const inX = (b: number, i: number) => ({ offset: b * d, entries: rows[i] });
    return {
      inW: subdifferentialOf(name, gradientOf(examples, [rows.length, d], inW, false)),
      inX: subdifferentialOf(name, gradientOf(examples, shape, inX, true)),
    };
  });
}
