import { addRest } from './dot';

/** Writes the blocks of four terms of four adjacent vectors: the first block of each, then the second of each. */
export function interleave(x: usize, d: i32, to: usize): void {
  const row = d << 2;
  for (let j = 0; j + 4 <= d; j += 4) {
    for (let e = 0; e < 4; e++) {
      v128.store(to, v128.load(x + e * row + (j << 2)));
      to += 16;
    }
  }
}

/**
 * The dot products of two adjacent rows with four adjacent vectors, eight for six loads: first the even blocks of
 * terms, then the odd ones, since there are registers for eight sums. The blocks of the vectors are read where they are
 * interleaved, so that four loads share an address. Results of the next vector are `stride` bytes further on.
 */
export function dotsOf2And4(
  w: usize,
  interleaved: usize,
  x: usize,
  d: i32,
  y: usize,
  stride: usize,
): void {
  const row = d << 2;
  const end = w + ((d & ~3) << 2);
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (let odd = 0; odd < 2; odd++) {
    let a0 = f32x4.splat(0);
    let b0 = a0;
    let a1 = a0;
    let b1 = a0;
    let a2 = a0;
    let b2 = a0;
    let a3 = a0;
    let b3 = a0;
    let block = interleaved + (odd << 6);
    for (let at = w + (odd << 4); at < end; at += 32) {
      const a = v128.load(at);
      const b = v128.load(at + row);
      let v = v128.load(block);
      a0 = f32x4.add(a0, f32x4.mul(a, v));
      b0 = f32x4.add(b0, f32x4.mul(b, v));
      v = v128.load(block, 16);
      a1 = f32x4.add(a1, f32x4.mul(a, v));
      b1 = f32x4.add(b1, f32x4.mul(b, v));
      v = v128.load(block, 32);
      a2 = f32x4.add(a2, f32x4.mul(a, v));
      b2 = f32x4.add(b2, f32x4.mul(b, v));
      v = v128.load(block, 48);
      a3 = f32x4.add(a3, f32x4.mul(a, v));
      b3 = f32x4.add(b3, f32x4.mul(b, v));
      block += 128;
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
    store<f32>(at, addRest(load<f32>(at), w + (i & 1) * row, x + (i >> 1) * row, d));
  }
}

/** The sums of the lanes of each, added up as in `dot`: (0 + 2) + (1 + 3). */
function totals(p: v128, q: v128, r: v128, s: v128): v128 {
  const pq = f32x4.add(f32x4.shuffle(p, q, 0, 1, 4, 5), f32x4.shuffle(p, q, 2, 3, 6, 7));
  const rs = f32x4.add(f32x4.shuffle(r, s, 0, 1, 4, 5), f32x4.shuffle(r, s, 2, 3, 6, 7));
  return f32x4.add(f32x4.shuffle(pq, rs, 0, 2, 4, 6), f32x4.shuffle(pq, rs, 1, 3, 5, 7));
}
