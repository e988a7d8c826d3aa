import type * as tf from '@tensorflow/tfjs';
import { entriesOf, type Numbers } from './entriesOf.ts';
import { tensorMismatch, type Tolerance } from './tensorMismatch.ts';

function toBeCloseToTensor(
  actual: tf.Tensor | Numbers,
  expected: tf.Tensor | Numbers,
  tolerance: Tolerance,
): jest.CustomMatcherResult {
  const mismatch = tensorMismatch(entriesOf(actual), entriesOf(expected), tolerance);
  return {
    pass: mismatch === undefined,
    message: () =>
      mismatch ?? `the tensors should differ by more than ${JSON.stringify(tolerance)}`,
  };
}

/** What test/setup.ts adds to Jest's matchers; their types are in jest.d.ts. */
export const tensorMatchers = {
  toEqualTensor: (actual: tf.Tensor | Numbers, expected: tf.Tensor | Numbers) =>
    toBeCloseToTensor(actual, expected, 0),
  toBeCloseToTensor,
};
