/**
 * For each of m examples the weighted sum of k rows of W.
 *
 * @param W `[n, d]`
 * @param indices `[m, k]`
 * @param coefficients `[m, k]`
 * @param sums `[m, d]`
 */
export function weightedRows(
  W: usize,
  indices: usize,
  coefficients: usize,
  sums: usize,
  d: i32,
  k: i32,
  m: i32,
): void {
  const row = d << 2;
  memory.fill(sums, 0, m * row);
  for (const end = indices + ((m * k) << 2); indices < end;) {
    for (let i = 0; i < k; i++) {
      addMultiple(sums, load<f32>(coefficients), W + load<i32>(indices) * row, d);
      indices += 4;
      coefficients += 4;
    }
    sums += row;
  }
}

/** sum += coefficient · x, both `[d]`. */
export function addMultiple(sum: usize, coefficient: f32, x: usize, d: i32): void {
  const c = f32x4.splat(coefficient);
  const end = x + (usize(d) << 2);
  for (const whole = x + (usize(d & ~3) << 2); x < whole; x += 16) {
    v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(c, v128.load(x))));
    sum += 16;
  }
  for (; x < end; x += 4) {
    store<f32>(sum, load<f32>(sum) + coefficient * load<f32>(x));
    sum += 4;
  }
}
