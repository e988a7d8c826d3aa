/** A direction: a coordinate axis, or a vector with `weights` from entry `from` on and zeros elsewhere. */
export type Probe = { index: number } | { from: number; weights: Float32Array };

/** pᵀ v */
export function dot(probe: Probe, v: ArrayLike<number>): number {
  if ('index' in probe) return v[probe.index];
  let sum = 0;
  for (let i = 0; i < probe.weights.length; i++) sum += probe.weights[i] * v[probe.from + i]; // hot: no reduce
  return sum;
}

/** The probe as a vector of `size` entries. */
export function toVector(probe: Probe, size: number): Float32Array {
  const vector = new Float32Array(size);
  if ('index' in probe) vector[probe.index] = 1;
  else vector.set(probe.weights, probe.from);
  return vector;
}
