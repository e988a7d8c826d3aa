/** The Euclidean norm. */
export function norm(v: Float32Array | Float64Array): number {
  let squares = 0;
  for (const entry of v) squares += entry ** 2;
  return Math.sqrt(squares);
}
