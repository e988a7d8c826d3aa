/** W x in integer arithmetic, in units of 2⁻²⁹⁸: every float32 is an integer times 2⁻¹⁴⁹. */
export function exactProducts(rows: Float64Array[], x: Float64Array): bigint[] {
  const xs = toIntegers(x);
  return rows.map((row) => toIntegers(row).reduce((sum, w, i) => sum + w * xs[i], BigInt(0)));
}

/** A product, or a difference of products, rounded to float64. */
export function exactToNumber(product: bigint): number {
  return Number(product) / 2 ** 298;
}

function toIntegers(entries: Float64Array): bigint[] {
  return Array.from(entries, (entry) => BigInt(entry * 2 ** 149));
}
