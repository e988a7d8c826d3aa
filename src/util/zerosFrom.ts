import { concat, reshape, slice, util, zeros, type Tensor } from '@tensorflow/tfjs-core';

/** Zeros of a shape that depend on empty tensors: otherwise tfjs finds no gradient in these. */
export function zerosFrom(empty: Tensor[], shape: number[]): Tensor {
  const size = util.sizeFromShape(shape);
  // One more, since tfjs's webgpu cannot concatenate empty tensors alone.
  const all = concat([...empty.map((t) => reshape(t, [0])), zeros([size + 1])]);
  return reshape(slice(all, 0, size), shape);
}
