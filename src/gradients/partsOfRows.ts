import { clone, concat, expandDims, mul, ones, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { checkDataDtypes } from '../kernels/linear/checkDataDtypes.ts';
import { outerRows } from './outerRows.ts';

/**
 * Rows of any kind `[u, d]`, each added at its index `[u]`, as the parts of a RowSparse: examples with one index each.
 */
export function partsOfRows(rows: Tensor, indices: Tensor): Tensor[] {
  const column = expandDims(indices, 1);
  return [column, ones(column.shape), rows];
}

/** The parts of the sum of gradients in the same matrix, which are parts themselves: all their rows. */
export function concatRows(gradients: Tensor[][]): Tensor[] {
  for (const [indices] of gradients) checkDataDtypes({ indices });
  const rows = gradients.map(([, c, x]) => reshape(outerRows(c, x), [-1, ...x.shape.slice(-1)]));
  const indices = gradients.map(([i]) => reshape(i, [-1]));
  return partsOfRows(concat(rows), concat(indices));
}

/** The parts of a multiple. */
export function scaleRows([indices, c, x]: Tensor[], factor: number): Tensor[] {
  checkDataDtypes({ indices, coefficients: c, x });
  return [clone(indices), mul(c, factor), clone(x)];
}
