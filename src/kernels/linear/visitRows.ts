/**
 * Calls `visit` for each of n rows that occurs among the indices, ascending, with the places where it does. (A counting
 * sort: what is done for a row is done at once, while its sum is in the cache.)
 */
export function visitRows(
  indices: Int32Array,
  n: number,
  visit: (row: number, places: Int32Array) => void,
): void {
  const ends = new Int32Array(n);
  for (const row of indices) ends[row]++;
  for (let row = 1; row < n; row++) ends[row] += ends[row - 1];
  const places = new Int32Array(indices.length);
  const starts = ends.slice();
  for (let i = indices.length - 1; i >= 0; i--) places[--starts[indices[i]]] = i;
  for (let row = 0; row < n; row++) {
    if (starts[row] < ends[row]) visit(row, places.subarray(starts[row], ends[row]));
  }
}
