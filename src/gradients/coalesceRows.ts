import { range, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { rowSums } from '../kernels/linear/rowSums.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { addRows } from './addRows.ts';
import { outerRows } from './outerRows.ts';

/** Pᵀ(c xᵀ) as its different rows, `[u, d]`, and their indices, `[u]`, ascending. On webgl and webgpu all n rows. */
export function coalesceRows(parts: Tensor[], [n, d]: [number, number]): [Tensor, Tensor] {
  const [indices, coefficients, x] = parts;
  if (isOnGpu()) {
    return [addRows(outerRows(coefficients, x), indices, [n, d]), range(0, n, 1, 'int32')];
  }
  const data = parts.map((t) => t.dataSync<'float32' | 'int32'>());
  const { rows, sums } = rowSums(data, d);
  return [tensor2d(sums, [rows.length, d]), tensor1d(rows, 'int32')];
}
