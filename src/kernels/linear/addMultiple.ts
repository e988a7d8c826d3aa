/** sum += c · x, for the entries of x from `from` on. */
export function addMultiple(
  sum: Float32Array | Float64Array,
  c: number,
  x: Float32Array,
  from: number,
): void {
  for (let j = 0; j < sum.length; j++) sum[j] += c * x[from + j];
}
