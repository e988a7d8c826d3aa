/**
 * y = x Wᵀ: the dot product of each of m vectors with each of n rows. W is read once, row by row. For few vectors the
 * reading takes the time, and one stream of reads is faster than several. For many the arithmetic does: two rows and
 * four vectors at a time. In both the terms are added up in the same order, so that a vector's products do not depend on
 * the others.
 *
 * @param W `[n, d]`
 * @param x `[m, d]`
 * @param y `[m, n]`
 */
export function dots(W: usize, x: usize, y: usize, n: i32, d: i32, m: i32): void {
  const row = d << 2;
  const fours = n > 1 ? m & ~3 : 0;
  for (let i = 0; i < n; i++) {
    const w = W + i * row;
    const isPair = (i & 1) | i32(i == n - 1); // with the row above, which may be computed twice
    for (let e = 0; e < m; e++) {
      const at = y + ((e * n + i) << 2);
      if (e >= fours) store<f32>(at, dot(w, x + e * row, d));
      else if (isPair & i32(!(e & 3))) {
        dotsOf2And4(w - row, x + e * row, d, at - 4, n << 2);
      }
    }
  }
}

/** Blocks of four terms go to two sums in turn, so that an addition need not wait for the one before. */
function dot(w: usize, x: usize, d: i32): f32 {
  const blocks: usize = (d & ~3) << 2;
  let even = f32x4.splat(0);
  let odd = even;
  let j: usize = 0;
  for (; j + 64 <= blocks; j += 64) {
    even = f32x4.add(even, f32x4.mul(v128.load(w + j), v128.load(x + j)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(w + j, 16), v128.load(x + j, 16)));
    even = f32x4.add(even, f32x4.mul(v128.load(w + j, 32), v128.load(x + j, 32)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(w + j, 48), v128.load(x + j, 48)));
  }
  for (; j < blocks; j += 32) {
    even = f32x4.add(even, f32x4.mul(v128.load(w + j), v128.load(x + j)));
    if (j + 16 < blocks)
      odd = f32x4.add(odd, f32x4.mul(v128.load(w + j, 16), v128.load(x + j, 16)));
  }
  return total(even, odd, w, x, d);
}

/**
 * The dot products of two adjacent rows with four adjacent vectors, eight for six loads: first the even blocks of terms,
 * then the odd ones, since there are registers for eight sums. Results of the next vector are `stride` bytes further on.
 */
function dotsOf2And4(w: usize, x0: usize, d: i32, y: usize, stride: usize): void {
  const row = d << 2;
  const blocks: usize = (d & ~3) << 2;
  const x1 = x0 + row;
  const x2 = x1 + row;
  const x3 = x2 + row;
  let a0 = f32x4.splat(0);
  let b0 = a0;
  let a1 = a0;
  let b1 = a0;
  let a2 = a0;
  let b2 = a0;
  let a3 = a0;
  let b3 = a0;
  for (let j: usize = 0; j < blocks; j += 32) {
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
  let c0 = f32x4.splat(0);
  let e0 = c0;
  let c1 = c0;
  let e1 = c0;
  let c2 = c0;
  let e2 = c0;
  let c3 = c0;
  let e3 = c0;
  for (let j: usize = 16; j < blocks; j += 32) {
    const a = v128.load(w + j);
    const b = v128.load(w + row + j);
    let v = v128.load(x0 + j);
    c0 = f32x4.add(c0, f32x4.mul(a, v));
    e0 = f32x4.add(e0, f32x4.mul(b, v));
    v = v128.load(x1 + j);
    c1 = f32x4.add(c1, f32x4.mul(a, v));
    e1 = f32x4.add(e1, f32x4.mul(b, v));
    v = v128.load(x2 + j);
    c2 = f32x4.add(c2, f32x4.mul(a, v));
    e2 = f32x4.add(e2, f32x4.mul(b, v));
    v = v128.load(x3 + j);
    c3 = f32x4.add(c3, f32x4.mul(a, v));
    e3 = f32x4.add(e3, f32x4.mul(b, v));
  }
  store<f32>(y, total(a0, c0, w, x0, d));
  store<f32>(y, total(b0, e0, w + row, x0, d), 4);
  y += stride;
  store<f32>(y, total(a1, c1, w, x1, d));
  store<f32>(y, total(b1, e1, w + row, x1, d), 4);
  y += stride;
  store<f32>(y, total(a2, c2, w, x2, d));
  store<f32>(y, total(b2, e2, w + row, x2, d), 4);
  y += stride;
  store<f32>(y, total(a3, c3, w, x3, d));
  store<f32>(y, total(b3, e3, w + row, x3, d), 4);
}

/** Both sums, and the terms that make up no whole block. */
function total(even: v128, odd: v128, w: usize, x: usize, d: i32): f32 {
  const sums = f32x4.add(even, odd);
  let sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 2);
  sum += f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 3);
  for (let j = d & ~3; j < d; j++) sum += load<f32>(w + (j << 2)) * load<f32>(x + (j << 2));
  return sum;
}
