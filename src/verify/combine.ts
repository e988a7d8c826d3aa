/** A linear combination of the entries of a vector: one entry, or a weight for each. */
export type Combination = { at: number } | { weights: Float32Array };

/** Σ cᵢ vᵢ */
export function combine(c: Combination, v: ArrayLike<number>): number {
  if ('at' in c) return v[c.at];
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += c.weights[i] * v[i]; // a hot loop: no reduce
  return sum;
}
