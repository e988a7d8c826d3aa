import * as tf from '@tensorflow/tfjs';
import { checkGrads, selectionRadius, topk, type TopkOptions } from '../../src/index.ts';

/** A permutation of 0, 1, 2, …: every gap is at least 1. */
const permutation = (shape: number[]) => {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(
    Array.from({ length: size }, (_, i) => (i * 7) % size),
    shape,
  );
};

describe('checkGrads passes', () => {
  const PRODUCT: [number[], number, TopkOptions][] = [
    ...[{}, { axis: 1 }, { axis: -2 }, { largest: false }, { sorted: false }].map(
      (options) => [[5, 10, 5], 3, options] as [number[], number, TopkOptions],
    ),
    ...[[4], [5, 5], [3, 1, 4]].flatMap((shape) =>
      [1, 3].flatMap((k) =>
        [0, -1]
          .filter((axis) => k <= shape[axis < 0 ? shape.length - 1 : axis])
          .map((axis) => [shape, k, { axis }] as [number[], number, TopkOptions]),
      ),
    ),
  ];
  it.each(PRODUCT)('topk of %p with k = %d and %p, with step 0.01', (shape, k, options) => {
    const f = (x: tf.Tensor) => {
      const v = topk(x, k, options).values;
      return v.mul(v);
    };
    const x = permutation(shape).div(4);
    const order = x.size > 100 ? 1 : 2; // order 2 of these is in test/backends/gradients.ts
    const margin = 0.25 / Math.SQRT2;
    expect(checkGrads(f, [x], { eps: 1e-2, margin, order }).failures).toBe(0);
  });

  it.each([1, 3])('topk with even ties, away from them, for k = %d', (k) => {
    const f = (x: tf.Tensor) => topk(x, k, { tieGradient: 'even' }).values.square();
    expect(checkGrads(f, [permutation([3, 5]).div(4)], { eps: 1e-2 }).failures).toBe(0);
  });

  it('every coordinate of topk(Wx) at 64 × 64 within its radius', () => {
    const [W, x] = [
      tf.randomNormal([64, 64], 0, 1, 'float32', 1),
      tf.randomNormal([64], 0, 1, 'float32', 2),
    ];
    const f = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), 8).values.square().sum();
    const margin = (W: tf.Tensor, x: tf.Tensor) => {
      const { inW, inX } = selectionRadius(W, x, 8);
      return [inW, inX];
    };
    const report = checkGrads(f, [W, x], { order: 1, margin });
    expect(report).toMatchObject({ entries: 64 * 64 + 64, failures: 0 });
    const { inW, inX } = selectionRadius(W, x, 8);
    const { step, input } = report.worst ?? { step: Infinity, input: 0 };
    expect(step).toBeLessThanOrEqual([inW, inX][input] / 2);
  });
});
