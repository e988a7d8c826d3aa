import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { compareGradients, hessian, selectionMatrix, topk } from '../../src/index.ts';
import peers from '../oracles/peers.json';

void tf.setBackend('cpu');

const sumOfSquares = (k: number) => (W: tf.Tensor, x: tf.Tensor) =>
  topk(tf.dot(W, x), k).values.square().sum();

describe('the gradient of TopK', () => {
  it('is registered for stock tf.topk', () => {
    const loss = (y: tf.Tensor) => tf.topk(y, 2).values.square().sum();
    expect(
      tf
        .grad(loss)(tf.tensor1d([3, 1, 2]))
        .arraySync(),
    ).toEqual([6, 0, 4]);
  });

  it('is exact for W = [1, 2, 3]ᵀ [1, 1, 1], x = [0.4, 0.5, 0.6], k = 2', () => {
    const W = tf.tensor2d([
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 3],
    ]); // y = [1.5, 3, 4.5]
    const x = tf.tensor1d([0.4, 0.5, 0.6]);
    const [dW, dx] = tf.grads(sumOfSquares(2))([W, x]);
    expect(
      compareGradients(dW, [
        [0, 0, 0],
        [2.4, 3, 3.6],
        [3.6, 4.5, 5.4],
      ]).maxUlps,
    ).toBeLessThanOrEqual(1);
    expect(compareGradients(dx, [39, 39, 39]).maxUlps).toBeLessThanOrEqual(1);
  });

  it.each(['cpu', 'wasm'])(
    'shares a tie evenly even if the values are not asked for in order, on %s',
    async (backend) => {
      await tf.setBackend(backend);
      for (const n of [50, 3000]) {
        const y = tf.randomUniform([4, n], 0, n / 10, 'int32', 1).toFloat(); // about ten tie with each other
        const gradient = (sorted: boolean) =>
          tf.grad((y) => topk(y, 25, { sorted, tieGradient: 'even' }).values.square().sum())(y);
        expect(gradient(false)).toEqualTensor(gradient(true));
      }
      await tf.setBackend('cpu');
    },
  );

  describe.each([1, 2, 7, 40])('for n = %d', (n) => {
    const ks = [...new Set([0, 1, Math.ceil(n / 2), n])];
    it.each(ks)('and k = %d equals the one-hot formulation', (k) => {
      for (const d of [1, 3, 16]) {
        const W = tf.randomNormal([n, d], 0, 1, 'float32', n * 100 + k * 10 + d);
        const x = tf.randomNormal([d], 0, 1, 'float32', n + k + d);
        const Wk = selectionMatrix(topk(tf.dot(W, x), k).indices, n);
        const throughWk = (W: tf.Tensor, x: tf.Tensor) => tf.dot(Wk, tf.dot(W, x)).square().sum();
        const [dW, dx] = tf.grads(sumOfSquares(k))([W, x]);
        const [dW2, dx2] = tf.grads(throughWk)([W, x]);
        expect(compareGradients(dW, dW2).maxUlps).toBeLessThanOrEqual(4);
        expect(compareGradients(dx, dx2).maxUlps).toBeLessThanOrEqual(4);
      }
    });
  });

  it('equals the one-hot formulation in every row of a batch of rank 3', () => {
    const y = tf.randomNormal([4, 5, 9], 0, 1, 'float32', 3);
    const P = selectionMatrix(topk(y, 3).indices, 9); // [4, 5, 3, 9]
    const upstream = tf.randomNormal([4, 5, 3], 0, 1, 'float32', 4);
    const dy = tf.grad((y) => topk(y, 3).values)(y, upstream);
    const expected = tf.matMul(P, upstream.expandDims(-1), true).squeeze([-1]);
    expect(compareGradients(dy, expected).maxUlps).toBe(0);
  });

  it.each(peers.order1)('equals PyTorch’s for its case $#', ({ W, x, k, indices, dW, dx }) => {
    expect(topk(tf.dot(W, x), k).indices.arraySync()).toEqual(indices);
    const [ourDW, ourDx] = tf.grads(sumOfSquares(k))([tf.tensor2d(W), tf.tensor1d(x)]);
    // Both frameworks round y = Wx in their own order of summation.
    expect(compareGradients(ourDW, dW).maxAbsDiff).toBeLessThan(2e-5);
    expect(compareGradients(ourDx, dx).maxAbsDiff).toBeLessThan(2e-5);
  });

  it.each(peers.orders2and3)(
    'equals JAX’s at orders 2 and 3 for its case $#',
    ({ y, k, hessian, third }) => {
      const sumOfCubes = (y: tf.Tensor) => {
        const v = topk(y, k).values;
        return v.mul(v).mul(v).sum();
      };
      const gradient = tf.grad(sumOfCubes);
      const hessianRow = (i: number) => tf.grad((y) => gradient(y).slice(i, 1).sum());
      const c = tf.range(1, y.length + 1);
      const hessianTimesC = tf.grad((y) => gradient(y).mul(c).sum());
      const ourHessian = tf.stack(y.map((_, i) => hessianRow(i)(tf.tensor1d(y))));
      const ourThird = tf.grad((y) => hessianTimesC(y).sum())(tf.tensor1d(y));
      expect(compareGradients(ourHessian, hessian).maxUlps).toBeLessThanOrEqual(2);
      expect(compareGradients(ourThird, third).maxUlps).toBeLessThanOrEqual(2);
    },
  );

  it('adds nothing where values is x itself, as tfjs’s GPU kernels return it for n = 1', () => {
    const x = tf.tensor2d([[5], [6]]);
    const rule = tf.getGradient('TopK');
    const upstream = [tf.ones([2, 1]), tf.zeros([2, 1])];
    const saved = (values: tf.Tensor) => [x, values, tf.zeros([2, 1], 'int32')];
    expect(rule.gradFunc(upstream, saved(x.clone()), {}).x().arraySync()).toEqual([[0], [0]]);
    expect(
      rule
        .gradFunc(upstream, saved(x.mul(1)), {})
        .x()
        .arraySync(),
    ).toEqual([[1], [1]]);
  });

  it('is zero for a loss of the indices alone, as for tf.argMax', () => {
    const loss = (y: tf.Tensor) => topk(y, 2).indices.cast('float32').sum();
    expect(
      tf
        .grad(loss)(tf.tensor1d([3, 1, 2]))
        .arraySync(),
    ).toEqual([0, 0, 0]);
  });

  it('is shared by all that tie at the threshold in each row, of the smallest too, and beside NaN', () => {
    const even = (x: number[][], k: number, largest: boolean) => {
      const options = { largest, tieGradient: 'even' } as const;
      return tf
        .grad((x) => topk(x, k, options).values.sum())(tf.tensor2d(x))
        .arraySync();
    };
    const rows = [
      [1, 1, 5, 0],
      [3, 3, 3, 3],
      [2, 7, 7, 7],
    ];
    const third = Math.fround(2 / 3);
    expect(even(rows, 2, true)).toEqual([
      [0.5, 0.5, 1, 0],
      [0.5, 0.5, 0.5, 0.5],
      [0, third, third, third],
    ]);
    expect(even(rows, 2, false)).toEqual([
      [0.5, 0.5, 0, 1],
      [0.5, 0.5, 0.5, 0.5],
      [1, Math.fround(1 / 3), Math.fround(1 / 3), Math.fround(1 / 3)],
    ]);
    const withNaN = [[NaN, 1, 1, 0]];
    expect(even(withNaN, 2, true)).toEqual([[1, 0.5, 0.5, 0]]);
    expect(even(withNaN, 2, false)).toEqual([[0, 0.5, 0.5, 1]]);
    expect(even([[NaN, 1, NaN]], 2, false)).toEqual([[1, 1, 0]]);
    expect(even(rows, 0, true)).toEqual(tf.zeros([3, 4]).arraySync());
    expect(even(rows, 4, true)).toEqual(tf.ones([3, 4]).arraySync());
  });

  it('is shared without spreading NaN and Infinity, which keep their own', () => {
    for (const [x, expected] of [
      [
        [NaN, 3, 2, 1],
        [NaN, 6, 0, 0],
      ],
      [
        [NaN, 2, 2, 1],
        [NaN, 2, 2, 0],
      ],
      [
        [Infinity, 2, 2, 1],
        [Infinity, 2, 2, 0],
      ],
    ]) {
      const squares = (x: tf.Tensor) => topk(x, 2, { tieGradient: 'even' }).values.square().sum();
      expect(tf.grad(squares)(tf.tensor1d(x)).arraySync()).toEqual(expected);
    }
  });

  it('shared evenly has order 2 where nothing ties at the threshold, and is refused where something does', () => {
    const cubes = (x: tf.Tensor) => {
      const v = topk(x, 3, { tieGradient: 'even' }).values;
      return v.mul(v).mul(v).sum();
    };
    // [4, 2, 2] is selected as a whole: the Hessian is 6 v on the selected.
    expect(hessian(cubes)([4, 2, 1, 2, 0])).toEqualTensor(tf.diag(tf.tensor1d([24, 12, 0, 12, 0])));
    // Here every generalized Hessian is diag(24, 12 θ), θ in [0, 1] with sum 2: not what three values can give.
    const before = tf.memory().numTensors;
    expect(() => hessian(cubes)([4, 2, 1, 2, 2])).toThrow(
      "tieGradient 'even' has no gradient of order 2 at a tie: use 'first'",
    );
    // Here every one is diag(2 θ, 2 − 2 θ, 0), with the trace 2.
    const squares = (x: tf.Tensor) => topk(x, 1, { tieGradient: 'even' }).values.square().sum();
    expect(() => hessian(squares)([0, 0, -1])).toThrow('no gradient of order 2 at a tie');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('shares a million ties evenly on wasm, where tfjs adds one term after another', async () => {
    await tf.setBackend('wasm');
    const halves = (x: tf.Tensor) => topk(x, 5e5, { tieGradient: 'even' }).values.mul(0.1).sum();
    const [first] = tf
      .grad(halves)(tf.zeros([1e6]))
      .slice(0, 1)
      .dataSync();
    expect(first).toBeCloseTo(0.05, 6);
    await tf.setBackend('cpu');
  });

  it('of the selection made has, at a tie at zero, the generalized Hessian of that selection', () => {
    const squares = (x: tf.Tensor) => {
      const v = topk(x, 1).values;
      return v.mul(v).sum();
    };
    expect(hessian(squares)([0, 0, -1])).toEqualTensor(tf.diag(tf.tensor1d([2, 0, 0])));
  });
});
