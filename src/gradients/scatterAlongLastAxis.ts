import { range, reshape, scatterND, stack, tile, zeros, type Tensor } from '@tensorflow/tfjs-core';

/**
 * P_Sᵀ v for each row: zeros of `shape` ([…, n]) with `values` ([…, k]) written at `indices`
 * ([…, k]) along the last axis. Costs n zeros and k writes a row; P_S itself is never built.
 */
export function scatterAlongLastAxis(values: Tensor, indices: Tensor, shape: number[]): Tensor {
  if (values.size === 0) return zeros(shape);
  const n = shape[shape.length - 1];
  const k = indices.shape[indices.rank - 1];
  const rows = values.size / k;
  // [row, index] pairs, because a flat row·n + index would pass 2²⁴, where webgl's integers end.
  const row = reshape(tile(reshape(range(0, rows, 1, 'int32'), [rows, 1]), [1, k]), [-1]);
  const places = stack([row, reshape(indices, [-1])], 1);
  return reshape(scatterND(places, reshape(values, [-1]), [rows, n]), shape);
}
