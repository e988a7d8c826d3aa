import type { Selection } from './Selection.ts';

/** `selectLargest` by a plain sort, O(n log n): for pages that forbid WebAssembly, and for rows that exceed its 4 GB. */
export function sortEachRow<Numbers extends Float32Array | Int32Array>(
  data: Numbers,
  n: number,
  { k, largest = true }: Selection,
): { values: Numbers; indices: Int32Array } {
  const rows = data.length / n;
  const values = data.slice(0, rows * k) as Numbers;
  const indices = new Int32Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const entries = data.subarray(row * n, (row + 1) * n);
    const byValue = Int32Array.from(entries, (_, i) => i).sort((i, j) => {
      const [a, b] = [entries[i], entries[j]];
      if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return i - j;
      return (a > b || Number.isNaN(a)) === largest ? -1 : 1; // NaN is the largest
    });
    for (let i = 0; i < k; i++) {
      indices[row * k + i] = byValue[i];
      values[row * k + i] = entries[byValue[i]];
    }
  }
  return { values, indices };
}
