import * as tf from '@tensorflow/tfjs';

/** What must hold on every backend. `run` throws if it does not. */
export interface Case {
  title: string;
  run: () => void | Promise<void>;
}

export type Nested = number | Nested[];

/** The entries of a tensor; asynchronously, since webgpu has no reliable synchronous read. */
export const read = async (x: tf.Tensor) => (await x.array()) as Nested;

/** A permutation of 0, 1, 2, …: every gap is at least 1. */
export function permutation(shape: number[], factor = 7): tf.Tensor {
  const size = shape.reduce((a, b) => a * b);
  const row = Array.from({ length: size }, (_, i) => (i * factor) % size);
  if (new Set(row).size !== size)
    throw new Error(`${String(factor)} does not permute ${String(size)}`);
  return tf.tensor(row, shape);
}

/** The rows of a tensor along an axis, by plain index arithmetic. */
export async function rowsAlong(x: tf.Tensor, axis: number): Promise<number[][]> {
  const data = await x.data();
  const $axis = axis < 0 ? axis + x.rank : axis;
  const n = x.shape[$axis];
  const inner = x.shape.slice($axis + 1).reduce((a, b) => a * b, 1);
  const outer = x.shape.slice(0, $axis).reduce((a, b) => a * b, 1);
  const rows = [];
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      rows.push(Array.from({ length: n }, (_, j) => data[(o * n + j) * inner + i]));
    }
  }
  return rows;
}
