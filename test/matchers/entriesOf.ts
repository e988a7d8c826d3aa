import * as tf from '@tensorflow/tfjs';

export type Numbers = number | tf.TypedArray | Float64Array | readonly Numbers[];

export interface Entries {
  shape: number[];
  data: ArrayLike<number>;
}

/** Shape and data, row by row, of a tensor or a nested array of numbers. */
export function entriesOf(x: tf.Tensor | Numbers): Entries {
  if (x instanceof tf.Tensor) return { shape: x.shape, data: x.dataSync() };
  if (ArrayBuffer.isView(x)) return { shape: [x.length], data: x };
  if (typeof x === 'number') return { shape: [], data: [x] };
  if (!Array.isArray(x)) throw new Error(`not a tensor or an array of numbers: ${String(x)}`);
  const rows = (x as Numbers[]).map(entriesOf);
  const row = rows.length === 0 ? [] : rows[0].shape;
  if (rows.some(({ shape }) => String(shape) !== String(row))) {
    throw new Error(`rows of different shapes: ${JSON.stringify(x)}`);
  }
  return { shape: [rows.length, ...row], data: rows.flatMap(({ data }) => Array.from(data)) };
}
