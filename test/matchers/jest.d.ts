// In a file of types ESLint allows a namespace, which @types/jest needs to be extended.
declare namespace jest {
  interface Matchers<R> {
    /** Compares shapes and entries of tensors or nested arrays; −0 equals 0, NaN equals NaN. */
    toEqualTensor(expected: import('./entriesOf.ts').TensorOrArray): R;
    /** As toEqualTensor, but entries may differ by less than the tolerance. */
    toBeCloseToTensor(
      expected: import('./entriesOf.ts').TensorOrArray,
      tolerance: import('./tensorMismatch.ts').Tolerance,
    ): R;
  }
}
