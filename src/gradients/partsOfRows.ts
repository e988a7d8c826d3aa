import { clone, concat, expandDims, mul, ones, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { checkDataDtypes } from '../kernels/linear/checkDataDtypes.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { outerRows } from './outerRows.ts';

/**
 * Rows of any kind `[u, d]`, each added at its index `[u]`, as the parts of a RowSparse: examples with one index each.
 */
export function partsOfRows(rows: Tensor, indices: Tensor): Tensor[] {
  const column = expandDims(indices, 1);
  return [column, ones(column.shape), rows];
}

/** The same of a copy of the rows. */
export function partsOfCopy(rows: Tensor, indices: Tensor): Tensor[] {
  checkDataDtypes({ rows }); // a copy would hide it
  return partsOfRows(clone(rows), indices);
}

/**
 * The parts of the sum of gradients in the same matrix: the examples of all, where each has as many indices; otherwise
 * all rows, multiplied out.
 */
export function concatRows(gradients: Tensor[][]): Tensor[] {
  for (const [indices, coefficients, x] of gradients) checkDataDtypes({ indices, coefficients, x });
  const lengths = gradients.map(([{ shape }]) => shape[shape.length - 1]);
  if (lengths[0] > 0 && lengths.every((k) => k === lengths[0])) {
    assertFits(gradients.flat().reduce((sum, { size }) => sum + size, 0));
    const matrixOf = (t: Tensor): Tensor => reshape(t, [-1, t.shape[t.rank - 1]]);
    return [0, 1, 2].map((part) => concat(gradients.map((parts) => matrixOf(parts[part]))));
  }
  const rows = gradients.map(([, c, x]) => reshape(outerRows(c, x), [-1, ...x.shape.slice(-1)]));
  const indices = gradients.map(([i]) => reshape(i, [-1]));
  return partsOfRows(concat(rows), concat(indices));
}

/** The parts of a multiple. */
export function scaleRows([indices, c, x]: Tensor[], factor: number): Tensor[] {
  checkDataDtypes({ indices, coefficients: c, x });
  return [clone(indices), mul(c, factor), clone(x)];
}
