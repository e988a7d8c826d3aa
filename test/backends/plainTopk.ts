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
  const places = row
    .map((_, i) => i)
    .sort((i, j) => {
      const [a, b] = [row[i], row[j]];
      const greaterFirst =
        Number.isNaN(a) || Number.isNaN(b)
          ? Number(Number.isNaN(b)) - Number(Number.isNaN(a))
          : Number(b > a) - Number(b < a);
      return (largest ? greaterFirst : -greaterFirst) || i - j;
    });
  const indices = places.slice(0, k);
  return { values: indices.map((i) => row[i]), indices };
}
