/** Products c xᵀ for each coefficient c, added up by row: the different `rows`, ascending, and their `sums`, `[u, d]`. */
export function rowSums(
  [indices, coefficients, x]: ArrayLike<number>[],
  d: number,
): { rows: Int32Array; sums: Float32Array } {
  const rows = Int32Array.from(new Set(Array.from(indices))).sort();
  const place = new Map(Array.from(rows, (row, i) => [row, i * d]));
  const sums = new Float32Array(rows.length * d);
  const k = (indices.length * d) / x.length;
  for (let i = 0; i < indices.length; i++) {
    const [to, from] = [place.get(indices[i]) ?? 0, Math.floor(i / k) * d];
    for (let j = 0; j < d; j++) sums[to + j] += coefficients[i] * x[from + j];
  }
  return { rows, sums };
}
