import type { Tensor } from '@tensorflow/tfjs-core';
import { addRows } from './addRows.ts';
import { outerRows } from './outerRows.ts';

/** Pᵀ(c xᵀ) with its zeros, `[n, d]`, of the parts of a RowSparse. */
export function denseRows([indices, c, x]: Tensor[], shape: [number, number]): Tensor {
  return addRows(outerRows(c, x), indices, shape);
}
