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
      add(W + load<i32>(indices) * row, load<f32>(coefficients), sums, row);
      indices += 4;
      coefficients += 4;
    }
    sums += row;
  }
}

function add(w: usize, coefficient: f32, sum: usize, bytes: i32): void {
  const c = f32x4.splat(coefficient);
  const end = w + bytes;
  for (const whole = w + (bytes & ~15); w < whole; w += 16) {
    v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(c, v128.load(w))));
    sum += 16;
  }
  for (; w < end; w += 4) {
    store<f32>(sum, load<f32>(sum) + coefficient * load<f32>(w));
    sum += 4;
  }
}
