import type { Tensor } from '@tensorflow/tfjs-core';
import { addMultiple } from './addMultiple.ts';
import { visitRows } from './visitRows.ts';

/**
 * Calls `visit` for each of n rows that occurs among the indices, ascending, with the sum of its products c xᵀ, `[d]`,
 * which the next call overwrites.
 *
 * @param parts of a RowSparse: indices and coefficients, `[k]` or `[b, k]`, and x, `[d]` or `[b, d]`. They are read.
 */
export function visitRowSums(
  parts: Tensor[],
  [n, d]: number[],
  visit: (row: number, sum: Float32Array) => void,
): void {
  const indices = parts[0].dataSync<'int32'>();
  const [coefficients, x] = parts.slice(1).map((part) => part.dataSync<'float32'>());
  const k = (indices.length * d) / x.length;
  const sum = new Float32Array(d);
  visitRows(indices, n, (row, places) => {
    sum.fill(0);
    for (const place of places) {
      addMultiple(sum, coefficients[place], x, d * Math.floor(place / k));
    }
    visit(row, sum);
  });
}
