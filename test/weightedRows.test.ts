import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { checkGrads, RowSparse, topkLinear, weightedRows } from '../src/index.ts';

void tf.setBackend('cpu');
const D = tf.tensor2d([
  [1, 0],
  [0, 2],
  [1, 1],
]);

describe('weightedRows', () => {
  it('adds up a row that occurs twice', () => {
    expect(weightedRows(D, [2, 2, 1], [1, 2, 3])).toEqualTensor([3, 9]);
  });

  it('has gradients that checkGrads confirms, to order 2', () => {
    const squares = (D: tf.Tensor, v: tf.Tensor) =>
      weightedRows(D, [[2, 0], [2, 2]], v).square().sum(); // prettier-ignore
    expect(checkGrads(squares, [[[1, 0.5], [0, 2], [1, 1]], [[1, 2], [3, -1]]]).failures).toBe(0); // prettier-ignore
  });

  it('has a gradient in D that RowSparse holds, too', () => {
    const [indices, values] = [tf.tensor1d([2, 0], 'int32'), tf.tensor1d([10, 3])];
    const dy = tf.tensor1d([1, -1]);
    const dD = tf.grad((D) => weightedRows(D, indices, values))(D, dy);
    expect(new RowSparse(indices, values, dy, 3).dense()).toEqualTensor(dD);
  });

  it('copies the selected rows only for a gradient: alone it is one kernel', async () => {
    const names = async (run: () => tf.Tensor) => (await tf.profile(run)).kernelNames;
    const indices = tf.tensor1d([2, 0], 'int32');
    expect(await names(() => weightedRows(D, indices, tf.tensor1d([1, 2])))).toEqual([
      'WeightedRows',
    ]);
  });

  it('decodes what topkLinear encodes: the loss of a sparse autoencoder, through both', () => {
    const W = tf.randomNormal([12, 4], 0, 1, 'float32', 1);
    const x = tf.randomNormal([3, 4], 0, 1, 'float32', 2);
    const loss = (W: tf.Tensor): tf.Scalar => {
      const { values, indices } = topkLinear(W, x, 3);
      return weightedRows(W, indices, values).sub(x).square().sum();
    };
    const dense = (W: tf.Tensor): tf.Scalar => {
      const { indices } = topkLinear(W, x, 3);
      const mask = tf.oneHot(indices, 12).sum(1);
      const code = tf.matMul(x, W as tf.Tensor2D, false, true).mul(mask);
      return tf
        .matMul(code, W as tf.Tensor2D)
        .sub(x)
        .square()
        .sum();
    };
    expect(tf.grad(loss)(W)).toBeCloseToTensor(tf.grad(dense)(W), { absolute: 1e-4, relative: 1e-4 }); // prettier-ignore
  });

  it('refuses on wasm what was cast on cpu, whose bits are those of integers', async () => {
    const cast = tf.tensor2d([[1], [2]], undefined, 'int32').cast('float32');
    await tf.setBackend('wasm');
    try {
      const message =
        'weightedRows: D must hold float32, got data cast on another backend: cast on wasm';
      expect(() => weightedRows(cast, [1], [1])).toThrow(message);
      const gradient = tf.grad((v) => weightedRows(cast, [1], v).sum());
      expect(() => gradient(tf.tensor1d([1]))).toThrow(message);
    } finally {
      await tf.setBackend('cpu');
    }
  });

  it.each<[unknown, unknown, unknown, string]>([
    [[1], [0], [1], 'weightedRows: D must be of shape [n, d], n and d >= 1, got [1]'],
    [D, [3], [1], 'weightedRows: indices must be in [0, 3), got 3'],
    [D, [-1], [1], 'weightedRows: indices must be in [0, 3), got -1'],
    [
      D,
      [0.5],
      [1],
      'weightedRows: indices must be a tensor or an array of int32 integers, got 0.5',
    ],
    [D, [0], [1, 2], 'weightedRows: indices must be of the shape of values, [2], got [1]'],
    [D, 0, 1, 'weightedRows: values must be of shape [k] or [b, k], got []'],
    [D, [0], tf.ones([1], 'int32'), 'weightedRows: values must be float32, got int32'],
  ])('refuses D = %s, indices = %s, values = %s', (D, indices, values, message) => {
    const call = () => weightedRows(D as tf.Tensor, indices as number[], values as number[]);
    expect(call).toThrow(message);
  });
});
