import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { rowSparseGrads } from '../../src/rowSparseGrads.ts';
import { topk } from '../../src/topk.ts';
import { topkLinear } from '../../src/topkLinear.ts';

const squares = (v: tf.Tensor): tf.Scalar => v.square().sum();
const EVEN = { tieGradient: 'even' } as const;

/** dL/dW and dL/dx of Σ topk(Wx)², by each of the ways there are. */
function gradients(W: tf.Tensor2D, x: tf.Tensor, k: number, options = {}) {
  const byLinear = tf.grads((W, x) => squares(topkLinear(W, x, k, options).values))([W, x]);
  const product = (W: tf.Tensor, x: tf.Tensor) => tf.mul(W, tf.expandDims(x, -2)).sum(-1);
  const byTopk = tf.grads((W, x) => squares(topk(product(W, x), k, options).values))([W, x]);
  const { dW, dx } = rowSparseGrads(W, x, k, squares, options);
  return [byLinear, byTopk, [dW.dense(), dx]].map((pair) => pair.map((t) => t.arraySync()));
}

describe('topkLinear and rowSparseGrads at ties', () => {
  it('give the gradient [[2],[2]] where the loss of a batch is w₁² + w₂², with tieGradient even', () => {
    const [W, X] = [tf.tensor2d([[1], [1]]), tf.tensor2d([[1], [-1]])];
    for (const [dW] of gradients(W, X, 1, EVEN)) expect(dW).toEqual([[2], [2]]);
    for (const [dW] of gradients(W, X, 1)) expect(dW).toEqual([[4], [0]]);
  });

  it('give the same, by every way, for random small integers with many ties', () => {
    const integer = fc.integer({ min: -2, max: 2 });
    const matrix = (rows: number, columns: number) =>
      fc.array(fc.array(integer, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      });
    const size = fc.integer({ min: 1, max: 5 });
    const problem = fc
      .tuple(size, size, size)
      .chain(([n, d, b]) =>
        fc.tuple(matrix(n, d), matrix(b, d), fc.integer({ min: 0, max: n }), fc.boolean()),
      );
    fc.assert(
      fc.property(problem, ([W, X, k, isBatch]) => {
        tf.tidy(() => {
          const x = isBatch ? tf.tensor2d(X) : tf.tensor1d(X[0]);
          for (const options of [EVEN, {}]) {
            const [byLinear, byTopk, bySparse] = gradients(tf.tensor2d(W), x, k, options);
            for (const found of [byLinear, bySparse]) {
              for (const i of [0, 1]) {
                const [a, b] = [found[i], byTopk[i]].map((g) => tf.tensor(g as number[][]));
                expect(a.shape).toEqual(b.shape);
                expect(
                  tf.max(tf.concat([a.sub(b).abs().flatten(), [0]])).dataSync()[0],
                ).toBeLessThan(1e-4);
              }
            }
          }
        });
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('selects the rows that topk selects, first index first, with either tieGradient', () => {
    const W = tf.tensor2d([[1], [3], [2], [2], [2], [0]]);
    for (const options of [EVEN, {}]) {
      const { value, indices, dValues } = rowSparseGrads(W, [1], 2, squares, options);
      expect(value.dataSync()[0]).toBe(13);
      expect(indices.arraySync()).toEqual([1, 2]);
      expect(dValues.arraySync()).toEqual([6, 4]);
    }
    const { dW } = rowSparseGrads(W, [1], 2, squares, EVEN);
    expect(dW.indices.arraySync()).toEqual([1, 2, 3, 4]);
    expect(Array.from(dW.coefficients.dataSync(), (c) => c.toFixed(4))).toEqual([
      '6.0000',
      '1.3333',
      '1.3333',
      '1.3333',
    ]);
  });

  it('has rows for the selected entries alone, where nothing ties', () => {
    const { dW } = rowSparseGrads([[1], [3], [2]], [1], 2, squares, EVEN);
    expect(dW.indices.arraySync()).toEqual([1, 2]);
  });

  it('finds ties beyond twice k, and where all rows tie', () => {
    const W = tf.ones<tf.Rank.R2>([40, 3]);
    const { dW } = rowSparseGrads(W, [1, 0, 0], 1, squares, EVEN);
    expect(dW.dense().slice([0, 0], [40, 1]).flatten().arraySync()).toEqual(
      Array(40).fill(Math.fround(0.05)),
    );
  });

  it('gives order 2 where nothing ties, and refuses it for even where something does', () => {
    const second = (W: number[][], options: object) => {
      const loss = (W: tf.Tensor) => {
        const v = topkLinear(W, [1, 2], 1, options).values;
        return v.mul(v).sum();
      };
      return tf
        .grad((W) => tf.grad(loss)(W).sum())(tf.tensor2d(W))
        .arraySync();
    };
    const expected = [
      [6, 12],
      [0, 0],
    ];
    expect(
      second(
        [
          [1, 1],
          [0, 1],
        ],
        EVEN,
      ),
    ).toEqual(expected);
    expect(
      second(
        [
          [1, 1],
          [1, 1],
        ],
        {},
      ),
    ).toEqual(expected);
    expect(() =>
      second(
        [
          [1, 1],
          [1, 1],
        ],
        EVEN,
      ),
    ).toThrow("tieGradient 'even' has no gradient of order 2 at a tie: use 'first'");
  });

  it('leaks nothing', () => {
    const W = tf.ones<tf.Rank.R2>([5, 2]);
    const before = tf.memory().numTensors;
    for (const options of [EVEN, {}]) {
      const { value, indices, dValues, dx, dW } = rowSparseGrads(W, [1, 2], 2, squares, options);
      dW.dispose();
      tf.dispose([value, dx, indices, dValues]);
      tf.dispose(topkLinear(W, [1, 2], 2, options));
    }
    expect(tf.memory().numTensors).toBe(before);
    W.dispose();
  });
});
