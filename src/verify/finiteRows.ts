import type { Tensor } from '@tensorflow/tfjs-core';
import { checkFinite } from '../args/checkEntries.ts';

/** The rows of a matrix, or a vector as the only row, in float64. */
export function finiteRows(matrix: Tensor, argument: string): Float64Array[] {
  const entries = Float64Array.from(matrix.dataSync());
  checkFinite(entries, matrix.shape, argument);
  const d = matrix.shape[matrix.rank - 1];
  const count = matrix.rank === 1 ? 1 : matrix.shape[0];
  return Array.from({ length: count }, (_, i) => entries.subarray(i * d, (i + 1) * d));
}
