import type * as tf from '@tensorflow/tfjs';

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
