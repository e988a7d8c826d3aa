import { entriesOf, type TensorOrArray } from './entriesOf.ts';
import { tensorMismatch, type Tolerance } from './tensorMismatch.ts';

function toBeCloseToTensor(
  actual: TensorOrArray,
  expected: TensorOrArray,
  tolerance: Tolerance,
): jest.CustomMatcherResult {
  const mismatch = tensorMismatch(entriesOf(actual), entriesOf(expected), tolerance);
  return {
    pass: mismatch === undefined,
    message: () => mismatch ?? `the tensors should differ by ${JSON.stringify(tolerance)} or more`,
  };
}

/** What test/setup.ts adds to Jest's matchers; their types are in jest.d.ts. */
export const tensorMatchers = {
  toEqualTensor: (actual: TensorOrArray, expected: TensorOrArray) =>
    toBeCloseToTensor(actual, expected, 0),
  toBeCloseToTensor,
};
