import { concat, reshape, slice, util, zeros, type Tensor } from '@tensorflow/tfjs-core';

/** Zeros of a shape that depend on tensors, as far as tfjs knows: otherwise it finds no gradient in these. */
export function zerosFrom(tensors: Tensor[], shape: number[]): Tensor {
  return reshape(concat([...tensors.map(nothingOf), zeros([util.sizeFromShape(shape)])]), shape);
}

/** No entry of a tensor. tfjs's randomNormal of no entries is an array on cpu, which slice fails on. */
const nothingOf = (t: Tensor) => (t.size === 0 ? reshape(t, [0]) : slice(reshape(t, [-1]), 0, 0));
