import { getBackend, matMul, ones, reshape, sub, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Rows `[rows, n]`, each less its own number `[rows, 1]`. A column takes the backend cpu ten times as long
 * as a scalar, or as a product that makes rows of it.
 */
export function subtractPerRow(t: Tensor, numbers: Tensor): Tensor {
  const [rows, n] = t.shape as [number, number];
  if (rows === 1) return sub(t, reshape(numbers, []));
  return sub(t, getBackend() === 'cpu' ? matMul(numbers, ones([1, n])) : numbers);
}
