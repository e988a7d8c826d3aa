/** A linear combination of the entries of a vector: one entry, or weights for those from `from` on. */
export type Combination = { at: number } | { from: number; weights: Float32Array };

/** Σ cᵢ vᵢ */
export function combine(c: Combination, v: ArrayLike<number>): number {
  if ('at' in c) return v[c.at];
  let sum = 0;
  for (let i = 0; i < c.weights.length; i++) sum += c.weights[i] * v[c.from + i]; // hot: no reduce
  return sum;
}
