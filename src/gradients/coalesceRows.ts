import { range, tensor, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { visitRowSums } from '../kernels/linear/visitRowSums.ts';
import { isTaped } from '../kernels/runKernel.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { denseRows } from './denseRows.ts';
import { partsOfRows } from './partsOfRows.ts';

/** Pᵀ(c xᵀ) as the parts of its different rows, ascending. On webgl and webgpu of all n rows. */
export function coalesceRows(parts: Tensor[], [n, d]: [number, number]): Tensor[] {
  if (isOnGpu()) return partsOfRows(denseRows(parts, [n, d]), range(0, n, 1, 'int32'));
  const indices = parts[0].dataSync<'int32'>();
  const rows = Int32Array.from(new Set(indices)).sort();
  if (isTaped()) return partsOfRows(addTogether(parts, indices, rows), tensor1d(rows, 'int32'));
  assertFits(2 * rows.length * (d + 2)); // the sums, with their indices, and a copy
  const sums = new Float32Array(rows.length * d);
  let at = 0;
  visitRowSums(parts, [n, d], (_, sum) => {
    sums.set(sum, d * at++);
  });
  return partsOfRows(tensor2d(sums, [rows.length, d]), tensor1d(rows, 'int32'));
}

/** The sums by operations that tfjs can differentiate: each index becomes its place among the different rows. */
function addTogether([at, c, x]: Tensor[], indices: Int32Array, rows: Int32Array): Tensor {
  const places = new Map(Array.from(rows, (row, place) => [row, place]));
  const placeOf = indices.map((row) => places.get(row) ?? NaN);
  return denseRows([tensor(placeOf, at.shape, 'int32'), c, x], [rows.length, x.shape[x.rank - 1]]);
}
