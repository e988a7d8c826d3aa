import { getBackend, matMul, ones, reshape, sub, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Subtracts from each row of `[rows, n]` its own number, from `[rows, 1]`. On cpu, broadcasting a column takes
 * ten times as long as a scalar, or as a matrix product that repeats it.
 */
export function subtractPerRow(t: Tensor, numbers: Tensor): Tensor {
  const [rows, n] = t.shape as [number, number];
  if (rows === 1) return sub(t, reshape(numbers, []));
  const isMatrix = getBackend() === 'cpu' && t.size > 0;
  return sub(t, isMatrix ? matMul(numbers, ones([1, n])) : numbers);
}
