import type { Tensor } from '@tensorflow/tfjs-core';
import { assertArg } from '../args/check.ts';

/** The rows of a matrix, or a vector as the only row, in float64. */
export function finiteRows(matrix: Tensor, argument: string): Float64Array[] {
  const entries = Float64Array.from(matrix.dataSync());
  const wrong = entries.find((entry) => !Number.isFinite(entry));
  assertArg(wrong === undefined, argument, 'be finite', String(wrong));
  const d = matrix.shape[matrix.rank - 1];
  const count = matrix.rank === 1 ? 1 : matrix.shape[0];
  return Array.from({ length: count }, (_, i) => entries.subarray(i * d, (i + 1) * d));
}
