import * as tf from '@tensorflow/tfjs';
import { topk } from '../../../src/index.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { checkTopk } from '../checkTopk.ts';
import { collectCases } from '../collectCases.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';

/** What topk selects, of every shape and dtype. */
const { cases, it } = collectCases('topk');
export { cases as selection };

it('selects 3 of 14 numbers', () =>
  checkTopk([3, 6, 15, 18, 6, 12, 1, 17, 3, 0, 4, 19, 1, 6], 3, {
    values: [19, 18, 17],
    indices: [11, 3, 7],
  }));

it('takes the lower index first among equal values, in each row', async () => {
  const x = [
    [0.1, 0.3, 0.2, 0.4],
    [0.1, 0.3, 0.3, 0.2],
  ];
  await checkTopk(x, 1, { indices: [[3], [1]] });
  await checkTopk(x, 4, {
    indices: [
      [3, 1, 2, 0],
      [1, 2, 3, 0],
    ],
  });
});

it('selects the same set unsorted', async () => {
  const x = [
    [0.1, 0.3, 0.2, 0.4],
    [0.1, 0.4, 0.3, 0.2],
  ];
  const indices = (await topk(x, 3, { sorted: false }).indices.array()) as number[][];
  const sets = indices.map((row) => row.sort());
  await checkTensor(sets, [
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

it('reads data that a cast left as they were: integers as floats, and bools as numbers', async () => {
  const integers = tf.tensor1d([1, -1, -5, 7, 3], 'int32');
  await checkTopk(integers.cast('float32'), 3, { values: [7, 3, 1], indices: [3, 4, 0] });
  for (const dtype of ['float32', 'int32'] as const) {
    const bools = tf.tensor1d([false, true, true, false, true], 'bool');
    await checkTopk(bools.cast(dtype), 4, { values: [1, 1, 1, 0], indices: [1, 2, 4, 0] });
  }
});

it('gives an empty result for an empty axis, no rows, and k = 0', async () => {
  for (const [shape, k, expected] of [
    [[3, 0], 0, [3, 0]],
    [[0, 5], 3, [0, 3]],
    [[5], 0, [0]],
    [[2, 5], 0, [2, 0]],
  ] as const) {
    const x = tf.zeros([...shape]);
    const { values, indices } = topk(x, k);
    await checkTensor(values, tf.zeros([...expected]), { of: 'values' });
    checkEqual(indices.shape, expected, 'shape of indices');
    checkEqual(x.shape, shape, 'shape of x afterwards');
    await checkTensor(tf.grad((x) => topk(x, k).values)(x), tf.zeros([...shape]));
  }
  for (const [shape, axis, k] of [
    [[2, 0, 3], 1, 0],
    [[2, 4, 3], 1, 0],
    [[0, 5, 5, 2, 2], 2, 4],
    [[0, 3], 0, 0],
    [[3, 0], 0, 2],
    [[4, 3, 0, 2], 1, 3],
  ] as const) {
    const { values, indices } = topk(tf.zeros([...shape]), k, { axis });
    const expected = shape.map((size, a) => (a === axis ? k : size));
    checkEqual(values.shape, expected, 'shape of values');
    checkEqual(indices.shape, expected, 'shape of indices');
    const dx = tf.grad((x) => topk(x, k, { axis }).values)(tf.zeros([...shape]));
    await checkTensor(dx, tf.zeros([...shape]));
  }
});

it('returns x itself for n = 1, with gradient 1, and disposing the values leaves x alone', async () => {
  for (const shape of [[1], [7, 1]]) {
    const x = tf.fill(shape, 5);
    const { values, indices } = topk(x, 1);
    await checkTensor(values, tf.fill(shape, 5));
    await checkTensor(indices, tf.zeros(shape));
    values.dispose();
    await checkTensor(x, tf.fill(shape, 5));
    const gradient = tf.grad((x) => topk(x, 1).values.sum())(x);
    await checkTensor(gradient, tf.ones(shape), { of: 'gradient' });
    const stock = tf.grad((x) => tf.topk(x, 1).values.sum())(x);
    await checkTensor(stock, tf.ones(shape), { of: 'gradient of tf.topk' });
  }
});

it('sorts half of 10, 4096 and 8192 integers', async () => {
  for (const n of [10, 4096, 8192]) {
    const row = Array.from({ length: n }, (_, i) => ((i * 7919) % n) - n / 2);
    await checkTopk(tf.tensor1d(row, 'int32'), n / 2, plainTopk(row, n / 2));
  }
});

it('refuses bad input with one error that names function, argument, rule and value', () => {
  const disposed = tf.tensor1d([1, 2]);
  disposed.dispose();
  const square = tf.ones([2, 2]);
  const many = tf.ones([10, 2, 10]);
  const topkOf = (k: unknown) => topk(many, k as number);
  for (const [call, message] of [
    [() => topk(square, -7), 'topk: k must be an integer in [0, 2], got -7'],
    [() => topk(square, 4), 'topk: k must be an integer in [0, 2], got 4'],
    [() => topkOf(true), 'topk: k must be an integer in [0, 10], got true'],
    [() => topk(many, 1.5), 'topk: k must be an integer in [0, 10], got 1.5'],
    [() => topkOf('3'), 'topk: k must be an integer in [0, 10], got "3"'],
    [() => topk(many, NaN), 'topk: k must be an integer in [0, 10], got NaN'],
    [() => topk(square, 1, { axis: 2 }), 'topk: axis must be an integer in [-2, 1], got 2'],
    [() => topk(tf.scalar(1), 1), 'topk: x must be of rank 1 or higher, got a scalar'],
    [() => topk(tf.tensor1d(['a']), 1), 'topk: x must be float32 or int32, got string'],
    [() => topk(square.greater(0), 1), 'topk: x must be float32 or int32, got bool'],
    [() => topk(disposed, 1), 'topk: x must not be disposed, got a disposed tensor of shape [2]'],
  ] as [() => unknown, string][]) {
    let got = 'no error';
    try {
      call();
    } catch (error) {
      got = (error as Error).message;
    }
    checkEqual(got, message);
  }
});

it('leaves no tensors behind, also where a gradient throws', () => {
  const x = tf.randomNormal([4, 9, 3], 0, 1, 'float32', 1);
  const loss = (x: tf.Tensor) => topk(x, 3, { axis: 1, largest: false }).values.square().sum();
  const before = tf.memory().numTensors;
  tf.dispose(Object.values(topk(x, 3, { axis: 1, largest: false })));
  tf.dispose(tf.grad(loss)(x));
  tf.dispose(tf.grad((x) => tf.grad(loss)(x).sum())(x));
  try {
    tf.grad((x) => topk(x, 99).values.sum())(x);
  } catch {
    // k is too large
  }
  checkEqual(tf.memory().numTensors - before, 0, 'tensors left');
});
