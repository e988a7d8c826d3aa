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

/** x + t p, rounded to float32. */
export function moveAlong(x: Float32Array, probe: Probe, t: number): Float32Array {
  const moved = x.slice();
  if ('index' in probe) moved[probe.index] += t;
  else probe.weights.forEach((weight, j) => (moved[probe.from + j] += t * weight));
  return moved;
}

/** The norm of those entries of a vector that the probe has. */
export function normWithin(probe: Probe, v: Float32Array): number {
  if ('index' in probe) return Math.abs(v[probe.index]);
  return norm(v.subarray(probe.from, probe.from + probe.weights.length));
}

/** The Euclidean norm. */
export function norm(v: Float32Array | Float64Array): number {
  let squares = 0;
  for (const entry of v) squares += entry ** 2;
  return Math.sqrt(squares);
}
