/**
 * Calls `visit` for each of n rows that occurs among the indices, ascending, with the places where it does, so that
 * what is done for a row is done at once, while its sum is in the cache. The time does not depend on n.
 */
export function visitRows(
  indices: Int32Array,
  n: number,
  visit: (row: number, places: Int32Array) => void,
): void {
  const m = indices.length;
  const keys = Float64Array.from(indices, (row, place) => row * m + place).sort(); // exact below 2⁵³
  const places = Int32Array.from(keys, (key) => key - m * Math.floor(key / m));
  for (let start = 0, end = 0; start < m; start = end) {
    const row = indices[places[start]];
    while (end < m && indices[places[end]] === row) end++;
    if (row >= 0 && row < n) visit(row, places.subarray(start, end));
  }
}
