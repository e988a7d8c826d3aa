import * as tf from '@tensorflow/tfjs';
import * as library from '../src/index.ts';
import { CALLS } from './calls/publicCalls.ts';

/** The tensors and buffers that a call leaves behind, besides those that it returns. */
function leaked(call: () => unknown): [tensors: number, buffers: number] {
  const before = tf.memory();
  tf.dispose(call() as tf.TensorContainer);
  const after = tf.memory();
  return [after.numTensors - before.numTensors, after.numDataBuffers - before.numDataBuffers];
}

it('covers every function that the package exports', () => {
  expect(Object.keys(CALLS).sort()).toEqual(Object.keys(library).sort());
});

it('sees a leak', () => {
  expect(leaked(() => [tf.scalar(1).square()].length)).toEqual([2, 2]);
});

describe.each(Object.entries(CALLS))('%s', (_, { good, bad }) => {
  it.each(good)('leaks nothing when it returns: %s', (call) => {
    expect(leaked(call)).toEqual([0, 0]);
  });

  if (bad.length === 0) return;
  it.each(bad)('leaks nothing when it throws: %s', (call) => {
    const attempt = () => {
      expect(call).toThrow();
    };
    expect(leaked(attempt)).toEqual([0, 0]);
  });
});
