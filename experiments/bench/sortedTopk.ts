import { inputs } from './inputs.ts';
import type { Task } from './Task.ts';

/** The expected result of top-k by a plain sort: the values, and the entries at the indices. */
export function sortedTopk({ rows, n, k, order, dtype, largest }: Task): number[] {
  const data = inputs(rows * n, order, dtype, 1);
  const values = Array.from({ length: rows }, (_, row) => {
    const sorted = data.slice(row * n, (row + 1) * n).sort(); // NaN is last
    return Array.from(largest ? sorted.subarray(n - k).reverse() : sorted.subarray(0, k));
  }).flat();
  return [...values, ...values];
}
