import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { loadTfjsNode } from '../../experiments/cli/loadTfjsNode.ts';
import { topk } from '../../src/index.ts';
import { cases } from './cases.ts';

/** The backends that run in Node, with tensorflow where @tensorflow/tfjs-node loads. */
const backends = ['cpu', 'wasm'];
try {
  loadTfjsNode();
  backends.push('tensorflow');
} catch {
  console.warn('@tensorflow/tfjs-node does not load: the backend tensorflow is NOT tested');
}

describe.each(backends)('on %s,', (backend) => {
  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
  });

  it.each(cases)('$title', async ({ run }) => {
    expect(tf.getBackend()).toBe(backend);
    await run();
  });
});

it.each(backends)('on %s, topk takes a tensor that another backend holds', async (backend) => {
  await tf.setBackend(backend === 'cpu' ? 'wasm' : 'cpu');
  const x = tf.tensor1d([3, 1, 2]).mul(2);
  await tf.setBackend(backend);
  expect(topk(x, 2).values).toEqualTensor([6, 4]);
  const gradient = tf.grad((x) => topk(x, 2).values.square().sum());
  expect(gradient(x)).toEqualTensor([12, 0, 8]);
});

it('tf.gather on wasm is still wrong with a batch dimension, as the cases assume', async () => {
  await tf.setBackend('wasm');
  const gather = () => {
    const x = tf.range(0, 36).reshape([3, 12]);
    return tf.gather(x, tf.tensor2d([[5], [6], [8]], [3, 1], 'int32'), 1, 1);
  };
  let values: tf.Tensor | undefined;
  try {
    values = gather();
  } catch {
    return; // it read outside of wasm's memory
  }
  expect(values).not.toEqualTensor([[5], [18], [32]]);
});

it('tf.matMul on wasm is still wrong for a right operand that it has cached in another shape', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor1d([1, 2]);
  expect(tf.outerProduct(tf.tensor1d([5, 6]), x)).toEqualTensor([
    [5, 10],
    [6, 12],
  ]);
  expect(tf.dot(tf.tensor2d([[1, 1]]), x)).not.toEqualTensor([3]);
});
