import { concat, reshape, util, zeros, type Tensor } from '@tensorflow/tfjs-core';

/** Zeros of a shape that depend on an empty tensor: otherwise tfjs finds no gradient of the next order. */
export function zerosFrom(empty: Tensor, shape: number[]): Tensor {
  const size = util.sizeFromShape(shape);
  const flat = size === 0 ? empty : concat([reshape(empty, [0]), zeros([size])]);
  return reshape(flat, shape);
}
