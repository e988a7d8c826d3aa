import * as tf from '@tensorflow/tfjs';
import * as library from '../src/index.ts';

const { topk, selectionMatrix, selectionMargin, compareGradients } = library;
const y = tf.tensor1d([3, 1, 2]);
const loss = (y: tf.Tensor) => topk(y, 2).values.square().sum();

/** Every public function by name, with calls that return and calls that throw. */
const CALLS: Record<keyof typeof library, { good: (() => unknown)[]; bad: (() => unknown)[] }> = {
  topk: {
    good: [
      () => topk([3, 1, 2], 2),
      () => topk(y, 0),
      () => tf.grad(loss)(y),
      () => tf.grad((y) => tf.grad(loss)(y).sum())(y),
    ],
    bad: [() => topk(y, 4), () => topk([1, 2], 3), () => topk(1, 1), () => topk(['a'], 1)],
  },
  selectionMatrix: {
    good: [() => selectionMatrix([2, 0], 3)],
    bad: [() => selectionMatrix(1, 2), () => selectionMatrix([0.5], 2)],
  },
  compareGradients: {
    good: [() => compareGradients([1, 2, 4], y)],
    bad: [() => compareGradients([1, 2], [1])],
  },
  selectionMargin: {
    good: [() => selectionMargin([3, 1, 2], 2)],
    bad: [() => selectionMargin([3, 1], 3), () => selectionMargin([[3]], 1)],
  },
};

/** The tensors and buffers that a call leaves behind, beside those that it returns. */
function left(call: () => unknown): [tensors: number, buffers: number] {
  const before = tf.memory();
  tf.dispose(call() as tf.TensorContainer);
  const after = tf.memory();
  return [after.numTensors - before.numTensors, after.numDataBuffers - before.numDataBuffers];
}

it('covers every function that the package exports', () => {
  expect(Object.keys(CALLS).sort()).toEqual(Object.keys(library).sort());
});

it('sees a leak', () => {
  expect(left(() => [tf.scalar(1).square()].length)).toEqual([2, 2]);
});

describe.each(Object.entries(CALLS))('%s', (_, { good, bad }) => {
  it.each(good)('leaks nothing when it returns: %s', (call) => {
    expect(left(call)).toEqual([0, 0]);
  });

  it.each(bad)('leaks nothing when it throws: %s', (call) => {
    const attempt = () => {
      expect(call).toThrow();
    };
    expect(left(attempt)).toEqual([0, 0]);
  });
});
