import * as tf from '@tensorflow/tfjs';

/** A permutation of 0, 1, 2, …: every gap is at least 1. */
export function permutation(shape: number[], factor = 7): tf.Tensor {
  const size = shape.reduce((a, b) => a * b);
  const row = Array.from({ length: size }, (_, i) => (i * factor) % size);
  if (new Set(row).size !== size) {
    throw new Error(`${String(factor)} does not permute ${String(size)}`);
  }
  return tf.tensor(row, shape);
}
