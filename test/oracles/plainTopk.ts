/**
 * Top-k of one row by a plain sort: what every backend must find.
 *
 * @param row numbers as float32 or int32 hold them.
 */
export function plainTopk(
  row: number[],
  k: number,
  largest = true,
): { values: number[]; indices: number[] } {
  // Nothing global is called in the loop: Jest makes that take ten times as long.
  const isNaN = row.map((entry) => Number.isNaN(entry));
  const comesFirst = (i: number, j: number) => (isNaN[i] ? !isNaN[j] : row[i] > row[j]);
  const sign = largest ? 1 : -1;
  const places = row
    .map((_, i) => i)
    .sort((i, j) => (comesFirst(i, j) ? -sign : comesFirst(j, i) ? sign : i - j));
  const indices = places.slice(0, k);
  return { values: indices.map((i) => row[i]), indices };
}
