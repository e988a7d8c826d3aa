/**
 * y = x Wᵀ: the product of each of m vectors with each of n rows. W is read once, row by row: for few
 * vectors that is what takes the time, and one stream of reads is faster than several.
 *
 * @param W `[n, d]`
 * @param x `[m, d]`
 * @param y `[m, n]`
 */
export function dots(W: usize, x: usize, y: usize, n: i32, d: i32, m: i32): void {
  const row = d << 2;
  const fours = m & ~3;
  for (let i = 0; i < n; i++) {
    let at = y + (i << 2);
    let e = 0;
    for (; e < fours; e += 4) {
      dot4(W, x + e * row, d, at, n << 2);
      at += n << 4;
    }
    for (; e < m; e++) {
      store<f32>(at, dot(W, x + e * row, d));
      at += n << 2;
    }
    W += row;
  }
}

/** Four sums at once, so that no addition waits for the last. */
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

/** The products of one row with four vectors, which follow one another; each loaded row counts. */
function dot4(w: usize, x0: usize, d: i32, y: usize, stride: usize): void {
  const row = d << 2;
  const x1 = x0 + row;
  const x2 = x1 + row;
  const x3 = x2 + row;
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let e = a;
  let j = 0;
  for (const whole = (d & ~3) << 2; j < whole; j += 16) {
    const v = v128.load(w + j);
    a = f32x4.add(a, f32x4.mul(v, v128.load(x0 + j)));
    b = f32x4.add(b, f32x4.mul(v, v128.load(x1 + j)));
    c = f32x4.add(c, f32x4.mul(v, v128.load(x2 + j)));
    e = f32x4.add(e, f32x4.mul(v, v128.load(x3 + j)));
  }
  let p = sum(a);
  let q = sum(b);
  let r = sum(c);
  let s = sum(e);
  for (; j < row; j += 4) {
    const v = load<f32>(w + j);
    p += v * load<f32>(x0 + j);
    q += v * load<f32>(x1 + j);
    r += v * load<f32>(x2 + j);
    s += v * load<f32>(x3 + j);
  }
  store<f32>(y, p);
  store<f32>(y + stride, q);
  store<f32>(y + 2 * stride, r);
  store<f32>(y + 3 * stride, s);
}

function sum(v: v128): f32 {
  const odd = f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3);
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2) + odd;
}
