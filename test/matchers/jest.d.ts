// eslint's no-namespace allows the namespace of @types/jest to be extended in a file of types only.
declare namespace jest {
  interface Matchers<R> {
    /** Compares shapes and entries of tensors, typed arrays or nested arrays; −0 equals 0, NaN equals NaN. */
    toEqualTensor(expected: Expected): R;
    /** As toEqualTensor, but entries may differ by less than the tolerance. */
    toBeCloseToTensor(expected: Expected, tolerance: import('./tensorMismatch.ts').Tolerance): R;
  }
}

type Expected = import('@tensorflow/tfjs').Tensor | import('./entriesOf.ts').Numbers;
