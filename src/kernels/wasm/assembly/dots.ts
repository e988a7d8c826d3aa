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

/**
 * The products of k rows of W with each of m vectors.
 *
 * @param W `[n, d]`
 * @param indices `[m, k]`
 * @param x `[m, d]`
 * @param y `[m, k]`
 */
export function rowProducts(
  W: usize,
  indices: usize,
  x: usize,
  y: usize,
  d: i32,
  k: i32,
  m: i32,
): void {
  const row = d << 2;
  for (let e = 0; e < m; e++) {
    for (let j = 0; j < k; j++) {
      store<f32>(y, dot(W + load<i32>(indices) * row, x, d));
      indices += 4;
      y += 4;
    }
    x += row;
  }
}

/** Blocks of four terms go to two sums in turn, so that an addition need not wait for the one before. */
function dot(w: usize, x: usize, d: i32): f32 {
  const blocks: usize = (d & ~3) << 2;
  let even = f32x4.splat(0);
  let odd = even;
  let j: usize = 0;
  for (; j + 32 <= blocks; j += 32) {
    even = f32x4.add(even, f32x4.mul(v128.load(w + j), v128.load(x + j)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(w + j, 16), v128.load(x + j, 16)));
  }
  if (j < blocks) even = f32x4.add(even, f32x4.mul(v128.load(w + j), v128.load(x + j)));
  const sums = f32x4.add(even, odd);
  const first = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 2);
  const second = f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 3);
  return addRest(first + second, w, x, d);
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
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (let from: usize = 0; from <= 16; from += 16) {
    let a0 = f32x4.splat(0);
    let b0 = a0;
    let a1 = a0;
    let b1 = a0;
    let a2 = a0;
    let b2 = a0;
    let a3 = a0;
    let b3 = a0;
    for (let j = from; j < blocks; j += 32) {
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
    s0 = f32x4.add(s0, a0);
    s1 = f32x4.add(s1, b0);
    s2 = f32x4.add(s2, a1);
    s3 = f32x4.add(s3, b1);
    s4 = f32x4.add(s4, a2);
    s5 = f32x4.add(s5, b2);
    s6 = f32x4.add(s6, a3);
    s7 = f32x4.add(s7, b3);
  }
  let sums = totals(s0, s1, s2, s3);
  v128.store64_lane(y, sums, 0);
  v128.store64_lane(y + stride, sums, 1);
  sums = totals(s4, s5, s6, s7);
  v128.store64_lane(y + 2 * stride, sums, 0);
  v128.store64_lane(y + 3 * stride, sums, 1);
  if (!(d & 3)) return;
  for (let i = 0; i < 8; i++) {
    const at = y + usize(i >> 1) * stride + ((i & 1) << 2);
    store<f32>(at, addRest(load<f32>(at), w + (i & 1) * row, x0 + (i >> 1) * row, d));
  }
}

/** The sums of the lanes of each, added up as in `dot`: (0 + 2) + (1 + 3). */
function totals(p: v128, q: v128, r: v128, s: v128): v128 {
  const pq = f32x4.add(f32x4.shuffle(p, q, 0, 1, 4, 5), f32x4.shuffle(p, q, 2, 3, 6, 7));
  const rs = f32x4.add(f32x4.shuffle(r, s, 0, 1, 4, 5), f32x4.shuffle(r, s, 2, 3, 6, 7));
  return f32x4.add(f32x4.shuffle(pq, rs, 0, 2, 4, 6), f32x4.shuffle(pq, rs, 1, 3, 5, 7));
}

/** Adds the terms that make up no whole block. */
function addRest(sum: f32, w: usize, x: usize, d: i32): f32 {
  for (let j = d & ~3; j < d; j++) sum += load<f32>(w + (j << 2)) * load<f32>(x + (j << 2));
  return sum;
}
