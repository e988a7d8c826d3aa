import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { Fraction } from '../../experiments/exact/Fraction.ts';
import {
  rowSparseGrads,
  topk,
  topkDirectionalDerivative,
  topkLinear,
  topkLinearSubdifferential,
} from '../../src/index.ts';
import { IS_WHOLE } from '../isWhole.ts';
import { dot } from '../oracles/dot.ts';
import { generator } from '../oracles/generator.ts';
import { inConvexHull } from '../oracles/inConvexHull.ts';
import { sampleLimitsInW, type IntegerProblem } from '../oracles/sampleLimits.ts';

type TieGradient = 'first' | 'even';
const TIE_GRADIENTS: TieGradient[] = ['first', 'even'];

/** Small integers, so that in most examples rows tie; φ(v) = v² or v³ − 4v. */
const LOSSES = [
  { slope: (y: number) => 2 * y, loss: (v: tf.Tensor) => v.square().sum().asScalar() },
  {
    slope: (y: number) => 3 * y ** 2 - 4,
    loss: (v: tf.Tensor) => v.square().mul(v).sub(v.mul(4)).sum().asScalar(),
  },
];
const matrix = (rows: number, columns: number, max: number) => {
  const size = (length: number) => ({ minLength: length, maxLength: length });
  return fc.array(fc.array(fc.integer({ min: -max, max }), size(columns)), size(rows));
};
const batches = fc
  .record({
    n: fc.integer({ min: 2, max: 4 }),
    d: fc.integer({ min: 1, max: 2 }),
    b: fc.integer({ min: 2, max: 4 }),
  })
  .chain(({ n, d, b }) =>
    fc.record({
      W: matrix(n, d, 1),
      X: matrix(b, d, 2),
      k: fc.integer({ min: 1, max: n - 1 }),
      of: fc.constantFrom(...LOSSES),
    }),
  )
  .filter(({ W, X, k }) => X.some((x) => isTied(W, x, k)));

describe('tieGradient', () => {
  it('“even” is in the Clarke subdifferential in W for any batch; “first” is not', () => {
    let firstIsOutside = 0;
    fc.assert(
      fc.property(batches, fc.noBias(fc.integer()), ({ W, X, k, of }, seed) => {
        const problem = { W, X, k, slope: of.slope };
        const limits = sampleLimitsInW(problem, 400, generator(seed));
        const [first, even] = TIE_GRADIENTS.map((tieGradient) => {
          const gradient = exactGradient(problem, tieGradient);
          for (const found of gradientsOf(W, X, k, of.loss, tieGradient)) {
            expect(found.flatten()).toBeCloseToTensor(gradient.map(Number), 1e-5);
          }
          return gradient;
        });
        const { inW } = topkLinearSubdifferential(W, X, k, of.slope);
        const contains = (g: Fraction[]) =>
          inW.contains(tf.tensor(g.map(Number), [W.length, W[0].length]));
        expect(inConvexHull(limits, even)).toBe(true);
        expect(contains(even)).toBe(true);
        const isInside = inConvexHull(limits, first);
        expect(contains(first)).toBe(isInside);
        if (!isInside) firstIsOutside++;
      }),
      { numRuns: IS_WHOLE ? 600 : 200, seed: 12 },
    );
    expect(firstIsOutside).toBeGreaterThan(IS_WHOLE ? 30 : 8);
  });

  it('“first” gives a smooth loss, w₁² + w₂², a wrong gradient; “even” the right one', () => {
    const W = [[1], [1]];
    const X = [[1], [-1]];
    for (const gradient of gradientsOf(W, X, 1, LOSSES[0].loss, 'first')) {
      expect(gradient).toEqualTensor([[4], [0]]);
    }
    for (const gradient of gradientsOf(W, X, 1, LOSSES[0].loss, 'even')) {
      expect(gradient).toEqualTensor([[2], [2]]);
    }
    const w = tf.tensor2d([[1.5], [0.5]]);
    const squares = topkLinear(w, X, 1).values.square().sum();
    expect(squares).toEqualTensor(1.5 ** 2 + 0.5 ** 2);
  });

  it('“first” is right for a batch where no two ties have slopes of opposite sign', () => {
    fc.assert(
      fc.property(batches, ({ W, X, k, of }) => {
        const slopes = X.filter((x) => isTied(W, x, k)).map((x) => of.slope(products(W, x)[k - 1]));
        fc.pre(slopes.every((slope) => slope >= 0) || slopes.every((slope) => slope <= 0));
        const { inW } = topkLinearSubdifferential(W, X, k, of.slope);
        for (const gradient of gradientsOf(W, X, k, of.loss, 'first')) {
          expect(inW.contains(gradient)).toBe(true);
        }
      }),
      { numRuns: 200, seed: 13 },
    );
  });

  it('in x gives Clarke subgradients, in every example of a batch', () => {
    fc.assert(
      fc.property(batches, ({ W, X, k, of }) => {
        const { inX } = topkLinearSubdifferential(W, X, k, of.slope);
        for (const tieGradient of TIE_GRADIENTS) {
          const { dx } = rowSparseGrads(W, X, k, of.loss, { tieGradient });
          expect(inX.contains(dx)).toBe(true);
        }
      }),
      { numRuns: 200, seed: 14 },
    );
  });

  it('of a value that depends on x through two tied entries', () => {
    // The second value of topk([0, x, −x], 2) is 0 for every x.
    const second = (tieGradient: TieGradient) => (x: tf.Tensor) =>
      topk(tf.stack([tf.zerosLike(x), x, x.neg()]), 2, { tieGradient })
        .values.gather(1)
        .asScalar();
    for (const x of [-1, 0, 1]) expect(second('first')(tf.scalar(x))).toEqualTensor(0);
    expect(tf.grad(second('even'))(tf.scalar(0))).toEqualTensor(0);
    expect(tf.grad(second('first'))(tf.scalar(0))).toEqualTensor(1); // not its derivative
    for (const d of [1, -1]) {
      const [, derivative] = topkDirectionalDerivative([0, 0, 0], 2, [0, d, -d]).unstack();
      expect(derivative).toEqualTensor(0);
    }
  });
});

/** The gradient in W by topk, topkLinear and rowSparseGrads. */
function gradientsOf(
  W: number[][],
  X: number[][],
  k: number,
  loss: (v: tf.Tensor) => tf.Scalar,
  tieGradient: TieGradient,
): tf.Tensor[] {
  const throughTopk = (W: tf.Tensor) =>
    loss(topk(tf.matMul(tf.tensor2d(X), W, false, true), k, { tieGradient }).values);
  const throughLinear = (W: tf.Tensor) => loss(topkLinear(W, X, k, { tieGradient }).values);
  return [
    tf.grad(throughTopk)(tf.tensor2d(W)),
    tf.grad(throughLinear)(tf.tensor2d(W)),
    rowSparseGrads(W, X, k, loss, { tieGradient }).dW.dense(),
  ];
}

/** Σ φ′(y) θ xᵀ over the examples, in rational arithmetic. */
function exactGradient({ W, X, k, slope }: IntegerProblem, tieGradient: TieGradient): Fraction[] {
  const gradient = W.map((row) => row.map(() => new Fraction(0)));
  for (const x of X) {
    const y = W.map((w) => dot(w, x));
    const τ = products(W, x)[k - 1];
    const tied = Array.from(y.keys()).filter((i) => y[i] === τ);
    const r = k - y.filter((entry) => entry > τ).length;
    y.forEach((entry, i) => {
      if (entry < τ) return;
      const first = tied.indexOf(i) < r ? 1 : 0;
      const θ = entry > τ ? 1 : tieGradient === 'first' ? first : new Fraction(r, tied.length);
      x.forEach((coordinate, c) => {
        gradient[i][c] = gradient[i][c].add(new Fraction(slope(entry) * coordinate).mul(θ));
      });
    });
  }
  return gradient.flat();
}

function isTied(W: number[][], x: number[], k: number): boolean {
  const y = products(W, x);
  return x.some((entry) => entry !== 0) && y[k - 1] === y[k];
}

/** W x, largest first. */
function products(W: number[][], x: number[]): number[] {
  return W.map((w) => dot(w, x)).sort((a, b) => b - a);
}
