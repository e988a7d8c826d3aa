import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { RowSparse, SparseSGD } from '../src/index.ts';
import torch from './oracles/sparseAdam.json';

const [n, d] = [5, 3];
const start = () => tf.variable(tf.tensor2d(torch.start, [n, d]));
const gradientAt = (t: number) =>
  RowSparse.fromRows(tf.tensor2d(torch.rows[t], [3, d]), torch.indices[t], n);

describe.each(['cpu', 'wasm'])('SparseSGD on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it('takes the steps of torch.optim.SGD with momentum and tf.train.momentum for dense gradients', () => {
    const [W, other] = [start(), start()];
    const [optimizer, stock] = [new SparseSGD(0.05, 0.9), tf.train.momentum(0.05, 0.9)];
    for (const [t, expected] of torch.SGD.entries()) {
      const dense = gradientAt(t).dense();
      optimizer.applyGradients({ [W.name]: dense });
      stock.applyGradients([{ name: other.name, tensor: dense }]);
      expect(W).toBeCloseToTensor(tf.tensor2d(expected, [n, d]), 2e-6);
      expect(W).toBeCloseToTensor(other, 2e-6);
    }
  });

  it('without momentum is subtractFrom, and the dense step', () => {
    const [W, other, dense] = [start(), start(), start()];
    const optimizer = new SparseSGD(0.05);
    for (let t = 0; t < 5; t++) {
      optimizer.applyGradients({ [W.name]: gradientAt(t) });
      optimizer.applyGradients({ [dense.name]: gradientAt(t).dense() });
      gradientAt(t).subtractFrom(other, 0.05);
    }
    expect(W).toBeCloseToTensor(other, 1e-6);
    expect(W).toBeCloseToTensor(dense, 1e-6);
  });

  it('with momentum moves only rows that occur, and keeps the momentum of the others', () => {
    const W = tf.variable(tf.zeros([2, 1]));
    const optimizer = new SparseSGD(1, 0.5);
    const step = (row: number) => {
      optimizer.applyGradients({ [W.name]: RowSparse.fromRows([[1]], [row], 2) });
    };
    for (const row of [0, 1, 1, 0]) step(row);
    expect(W).toEqualTensor([[-2.5], [-2.5]]); // −1 − (0.5 + 1) for each
  });
});

it('SparseSGD is made anew from its configuration, and takes another learning rate', () => {
  const [w, optimizer] = [tf.variable(tf.scalar(0)), new SparseSGD(1, 0.5)];
  optimizer.learningRate = 0.25;
  optimizer.applyGradients({ [w.name]: tf.scalar(3) });
  expect(w).toEqualTensor(tf.scalar(-0.75));
  const again = SparseSGD.fromConfig(SparseSGD, optimizer.getConfig());
  expect(again.getConfig()).toEqual({ learningRate: 0.25, momentum: 0.5 });
});

it.each([
  [[0], 'learningRate must be a positive number, got 0'],
  [[1, 1], 'momentum must be a number in [0, 1), got 1'],
] as [[number, number?], string][])('SparseSGD refuses settings %j', (settings, message) => {
  expect(() => new SparseSGD(...settings)).toThrow(`SparseSGD: ${message}`);
});
