import * as tf from '@tensorflow/tfjs-core';

export type TensorOrArray =
  tf.Tensor | number | tf.TypedArray | Float64Array | readonly TensorOrArray[];

export interface Entries {
  shape: number[];
  data: ArrayLike<number>;
}

/** Shape and data, row by row, of a tensor, a number, or a nested array of these. */
export function entriesOf(x: TensorOrArray): Entries {
  if (x instanceof tf.Tensor) return { shape: x.shape, data: x.dataSync() };
  if (ArrayBuffer.isView(x)) return { shape: [x.length], data: x };
  if (typeof x === 'number') return { shape: [], data: [x] };
  if (!Array.isArray(x)) throw new Error(`not a tensor or an array of numbers: ${String(x)}`);
  if (x.length > 0 && x.every((entry) => typeof entry === 'number'))
    return { shape: [x.length], data: x };
  const rows = (x as TensorOrArray[]).map(entriesOf);
  const [first, ...others] = rows.map(({ shape }) => JSON.stringify(shape));
  const other = others.find((shape) => shape !== first);
  if (other !== undefined) throw new Error(`rows of different shapes: ${first} and ${other}`);
  return {
    shape: [rows.length, ...(rows.at(0)?.shape ?? [])],
    data: rows.flatMap(({ data }) => Array.from(data)),
  };
}
