import { add, clear, count, isFinal, keepGreatest, keys, kthGreatest, least } from './candidates';
import { boundAt, flip, float, keyOf, keysOf, LEAST_KEY } from './order';

/** So many entries are compared at once, and mostly passed over. */
const BLOCK: i32 = 16;
/** Shorter rows are not worth a first look. */
const GROUPS_FROM: i32 = 64;

/**
 * Leaves the k greatest entries of a row, and perhaps others, as the candidates.
 *
 * @param x the address of the row; n, k ≥ 1
 * @param room for candidates, at least k + 2 BLOCK: more than n + BLOCK are not used
 * @param stride 0, or every so many entries one is looked at first
 * @param rank of that one of these from which on others come in
 */
export function selectRow(x: usize, n: i32, k: i32, room: i32, stride: i32, rank: i32): void {
  let from = LEAST_KEY;
  if (stride > 0) from = sampledKey(x, n, stride, rank);
  else if (k <= BLOCK && n >= GROUPS_FROM) from = kthOfGroups(x, n, k);
  clear(from);
  scan(x, n, k, room);
  if (count < k) {
    clear(LEAST_KEY); // the sample was not like the rest
    scan(x, n, k, room);
  }
}

/** Of each `stride` entries one at a place that looks random: no period of the data is one of these. */
function sampledKey(x: usize, n: i32, stride: i32, rank: i32): i32 {
  const size = n / stride;
  for (let i = 0; i < size; i++) {
    const place = i * stride + ((((i * 0x9e3779b1) >>> 20) * stride) >>> 12);
    store<i32>(keys + (i << 2), keyOf(load<i32>(x + (place << 2))));
  }
  return kthGreatest(keys, size, rank);
}

/** The k-th of the greatest of 16 groups: at least k entries are not less, but for NaN. */
function kthOfGroups(x: usize, n: i32, k: i32): i32 {
  let a = i32x4.splat(LEAST_KEY);
  let b = a;
  let c = a;
  let d = a;
  const end = x + ((n & ~(BLOCK - 1)) << 2);
  for (let at = x; at < end; at += BLOCK << 2) {
    a = i32x4.max_s(a, keysOf(v128.load(at)));
    b = i32x4.max_s(b, keysOf(v128.load(at, 16)));
    c = i32x4.max_s(c, keysOf(v128.load(at, 32)));
    d = i32x4.max_s(d, keysOf(v128.load(at, 48)));
  }
  v128.store(keys, a);
  v128.store(keys, b, 16);
  v128.store(keys, c, 32);
  v128.store(keys, d, 48);
  return kthGreatest(keys, BLOCK, k);
}

function scan(x: usize, n: i32, k: i32, room: i32): void {
  const whole = n & ~(BLOCK - 1);
  for (let i = 0; i < whole; i += BLOCK) {
    if (least != LEAST_KEY) i = float ? passFloats(x, i, whole) : passIntegers(x, i, whole);
    if (i == whole) break;
    let found = notBelow(x + (i << 2));
    for (; found; found &= found - 1) add(x, i + ctz(found));
    if (count + BLOCK > room) keepGreatest(k);
    if (isFinal) return;
  }
  for (let i = whole; i < n; i++) add(x, i);
}

/** The first block from i on with an entry that is not below `least`. */
function passFloats(x: usize, i: i32, end: i32): i32 {
  const bound = f32x4.splat(boundAt(least));
  if (flip) {
    for (; i < end; i += BLOCK) {
      const at = x + (i << 2);
      const a = v128.or(f32x4.le(v128.load(at), bound), f32x4.le(v128.load(at, 16), bound));
      const b = v128.or(f32x4.le(v128.load(at, 32), bound), f32x4.le(v128.load(at, 48), bound));
      if (v128.any_true(v128.or(a, b))) break;
    }
  } else {
    for (; i < end; i += BLOCK) {
      const at = x + (i << 2);
      const a = v128.and(f32x4.le(v128.load(at), bound), f32x4.le(v128.load(at, 16), bound));
      const b = v128.and(f32x4.le(v128.load(at, 32), bound), f32x4.le(v128.load(at, 48), bound));
      if (i32x4.bitmask(v128.and(a, b)) != 15) break;
    }
  }
  return i;
}

function passIntegers(x: usize, i: i32, end: i32): i32 {
  const lowest = i32x4.splat(least);
  const flips = i32x4.splat(flip);
  for (; i < end; i += BLOCK) {
    const at = x + (i << 2);
    const a = i32x4.lt_s(v128.xor(v128.load(at), flips), lowest);
    const b = i32x4.lt_s(v128.xor(v128.load(at, 16), flips), lowest);
    const c = i32x4.lt_s(v128.xor(v128.load(at, 32), flips), lowest);
    const d = i32x4.lt_s(v128.xor(v128.load(at, 48), flips), lowest);
    if (i32x4.bitmask(v128.and(v128.and(a, b), v128.and(c, d))) != 15) break;
  }
  return i;
}

/** A bit for each entry of a block that is not below `least`. */
function notBelow(at: usize): i32 {
  if (least == LEAST_KEY) return 0xffff;
  const lowest = i32x4.splat(least);
  const bound = f32x4.splat(boundAt(least));
  const flips = i32x4.splat(flip);
  let below = 0;
  for (let lane = 0; lane < BLOCK; lane += 4) {
    const bits = v128.load(at + (lane << 2));
    const mask = float
      ? v128.xor(f32x4.le(bits, bound), flips)
      : i32x4.lt_s(v128.xor(bits, flips), lowest);
    below |= i32x4.bitmask(mask) << lane;
  }
  return below ^ 0xffff;
}
