import { concat, reshape, util, zeros, type Tensor } from '@tensorflow/tfjs-core';

/** Zeros of a shape that depend on empty tensors: otherwise tfjs finds no gradient in these. */
export function zerosFrom(empty: Tensor[], shape: number[]): Tensor {
  const flat = concat([...empty.map((t) => reshape(t, [0])), zeros([util.sizeFromShape(shape)])]);
  return reshape(flat, shape);
}
