/**
 * Top-k of one row by a plain sort: what every backend must return.
 *
 * @param row float32 or int32 numbers.
 */
export function plainTopk(
  row: number[],
  k: number,
  largest = true,
): { values: number[]; indices: number[] } {
  const isLarger = (a: number, b: number) => (Number.isNaN(a) ? !Number.isNaN(b) : a > b);
  const sign = largest ? 1 : -1;
  const indices = Array.from(row.keys())
    .sort((i, j) => (isLarger(row[i], row[j]) ? -sign : isLarger(row[j], row[i]) ? sign : i - j))
    .slice(0, k);
  return { values: indices.map((i) => row[i]), indices };
}
