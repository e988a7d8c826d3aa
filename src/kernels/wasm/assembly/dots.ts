/**
 * y = x Wᵀ: the dot product of each of m vectors with each of n rows. W is read once, row by row. For few
 * vectors the reading takes the time, and one stream of reads is faster than several. For many the arithmetic
 * does: two rows and four vectors at a time, if d is a multiple of 4.
 *
 * @param W `[n, d]`
 * @param x `[m, d]`
 * @param y `[m, n]`
 */
export function dots(W: usize, x: usize, y: usize, n: i32, d: i32, m: i32): void {
  const row = d << 2;
  const fours = n > 1 && !(d & 3) ? m & ~3 : 0;
  for (let i = 0; i < n; i++) {
    const w = W + i * row;
    const isPair = (i & 1) | i32(i == n - 1); // with the row above, which may be computed twice
    for (let e = 0; e < m; e++) {
      const at = y + ((e * n + i) << 2);
      if (e >= fours) store<f32>(at, dot(w, x + e * row, d));
      else if (isPair & i32(!(e & 3))) dotsOf2And4(w - row, x + e * row, row, at - 4, n << 2);
    }
  }
}

/** Four sums at once, so that no addition waits for the one before. */
function dot(w: usize, x: usize, d: i32): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let e = a;
  const end = w + (d << 2);
  for (const whole = w + ((d & ~15) << 2); w < whole; w += 64) {
    a = f32x4.add(a, f32x4.mul(v128.load(w), v128.load(x)));
    b = f32x4.add(b, f32x4.mul(v128.load(w, 16), v128.load(x, 16)));
    c = f32x4.add(c, f32x4.mul(v128.load(w, 32), v128.load(x, 32)));
    e = f32x4.add(e, f32x4.mul(v128.load(w, 48), v128.load(x, 48)));
    x += 64;
  }
  let total = sum(f32x4.add(f32x4.add(a, b), f32x4.add(c, e)));
  for (; w < end; w += 4) {
    total += load<f32>(w) * load<f32>(x);
    x += 4;
  }
  return total;
}

/**
 * The dot products of two adjacent rows with four adjacent vectors: eight for six loads. Those of the next
 * vector are stored `stride` bytes further on.
 */
function dotsOf2And4(w: usize, x0: usize, row: usize, y: usize, stride: usize): void {
  const x1 = x0 + row;
  const x2 = x1 + row;
  const x3 = x2 + row;
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  for (let j: usize = 0; j < row; j += 16) {
    const a = v128.load(w + j);
    const b = v128.load(w + row + j);
    let v = v128.load(x0 + j);
    a0 = f32x4.add(a0, f32x4.mul(a, v));
    b0 = f32x4.add(b0, f32x4.mul(b, v));
    v = v128.load(x1 + j);
    a1 = f32x4.add(a1, f32x4.mul(a, v));
    b1 = f32x4.add(b1, f32x4.mul(b, v));
    v = v128.load(x2 + j);
    a2 = f32x4.add(a2, f32x4.mul(a, v));
    b2 = f32x4.add(b2, f32x4.mul(b, v));
    v = v128.load(x3 + j);
    a3 = f32x4.add(a3, f32x4.mul(a, v));
    b3 = f32x4.add(b3, f32x4.mul(b, v));
  }
  store<f32>(y, sum(a0));
  store<f32>(y, sum(b0), 4);
  y += stride;
  store<f32>(y, sum(a1));
  store<f32>(y, sum(b1), 4);
  y += stride;
  store<f32>(y, sum(a2));
  store<f32>(y, sum(b2), 4);
  y += stride;
  store<f32>(y, sum(a3));
  store<f32>(y, sum(b3), 4);
}

function sum(v: v128): f32 {
  const odd = f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3);
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2) + odd;
}
