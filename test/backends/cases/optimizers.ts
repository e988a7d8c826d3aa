import * as tf from '@tensorflow/tfjs';
import { RowSparse, SparseAdam, SparseSGD } from '../../../src/index.ts';
import torch from '../../oracles/sparseAdam.json';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';

const { cases, it } = collectCases('optimizers');
const [n, d] = [5, 3];
const CLOSE = 2e-5;
const gradientAt = (t: number) =>
  RowSparse.fromRows(tf.tensor2d(torch.rows[t], [3, d]), torch.indices[t], n);
const start = () => tf.variable(tf.tensor2d(torch.start, [n, d]));

it('take the steps of torch.optim.SparseAdam with row-sparse gradients', async () => {
  const [W, optimizer] = [start(), new SparseAdam(0.05)];
  for (const [t, expected] of torch.SparseAdam.entries()) {
    optimizer.applyGradients({ [W.name]: gradientAt(t) });
    await checkTensor(W, tf.tensor2d(expected, [n, d]), { of: 'W', tolerance: CLOSE });
  }
  optimizer.dispose();
  W.dispose();
});

it('take the steps of torch.optim.SGD with momentum with dense gradients', async () => {
  const [W, optimizer] = [start(), new SparseSGD(0.05, 0.9)];
  for (const [t, expected] of torch.SGD.entries()) {
    optimizer.applyGradients({ [W.name]: gradientAt(t).dense() });
    await checkTensor(W, tf.tensor2d(expected, [n, d]), { of: 'W', tolerance: CLOSE });
  }
  optimizer.dispose();
  W.dispose();
});

it('add, scale and coalesce row-sparse gradients as the dense ones', async () => {
  const [a, b] = [gradientAt(0), gradientAt(1)];
  const expected = a.dense().add(b.dense().mul(-2));
  const sum = a.add(b.mul(-2));
  await checkTensor(sum.dense(), expected, { of: 'the sum', tolerance: 1e-6 });
  await checkTensor(sum.coalesce().dense(), expected, { of: 'coalesce', tolerance: 1e-6 });
});

export const optimizers = cases;
