import { addN, pad, reshape, slice, util, type Tensor } from '@tensorflow/tfjs-core';

/** Zeros of a shape that depend on tensors, as far as tfjs knows: otherwise it finds no gradient in these. */
export function zerosFrom(tensors: Tensor[], shape: number[]): Tensor {
  const nothing = addN(tensors.map(nothingOf));
  const size = util.sizeFromShape(shape);
  return reshape(size === 0 ? nothing : pad(nothing, [[0, size]]), shape);
}

/** No entry of a tensor. An empty one may hold a plain array, which tfjs's slice fails on. */
const nothingOf = (t: Tensor) => (t.size === 0 ? reshape(t, [0]) : slice(reshape(t, [-1]), 0, 0));
