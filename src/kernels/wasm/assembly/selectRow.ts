import { add, clear, count, isFinal, keepLargest, keys, kthLargest, threshold } from './candidates';
import { boundOf, flip, float, keysOf, MIN_KEY } from './order';
import { BLOCK, capacity, groups, rank, stride } from './selectionPlan';
import { takeSample } from './takeSample';

/**
 * Leaves the k largest entries of a row, and perhaps others, as the candidates.
 *
 * @param x the address of the row; n, k ≥ 1
 */
export function selectRow(x: usize, n: i32, k: i32): void {
  let from = MIN_KEY;
  if (stride > 0) from = thresholdOfSample(x, n);
  else if (groups > 0) from = thresholdOfGroups(x, n, k);
  do {
    clear(from);
    scan(x, n, k);
    from = MIN_KEY;
  } while (count < k); // the sample was not like the rest
}

function thresholdOfSample(x: usize, n: i32): i32 {
  const size = n / stride;
  takeSample(x, size, stride, keys);
  return kthLargest(keys, size, rank);
}

/** The k-th largest of the maxima of groups: at threshold k entries reach it, NaN aside. */
function thresholdOfGroups(x: usize, n: i32, k: i32): i32 {
  const step = groups << 2;
  const end = x + ((n & -groups) << 2);
  for (let block = 0; block < step; block += BLOCK << 2) {
    let a = i32x4.splat(MIN_KEY);
    let b = a;
    let c = a;
    let d = a;
    for (let at = x + block; at < end; at += step) {
      a = i32x4.max_s(a, keysOf(v128.load(at)));
      b = i32x4.max_s(b, keysOf(v128.load(at, 16)));
      c = i32x4.max_s(c, keysOf(v128.load(at, 32)));
      d = i32x4.max_s(d, keysOf(v128.load(at, 48)));
    }
    v128.store(keys + block, a);
    v128.store(keys + block, b, 16);
    v128.store(keys + block, c, 32);
    v128.store(keys + block, d, 48);
  }
  return kthLargest(keys, groups, k);
}

function scan(x: usize, n: i32, k: i32): void {
  const whole = n & ~(BLOCK - 1);
  for (let i = 0; i < n; i += BLOCK) {
    if (threshold != MIN_KEY) i = float ? passFloats(x, i, whole) : passIntegers(x, i, whole);
    let found = i < whole ? reaching(x + (i << 2)) : (1 << (n - i)) - 1;
    for (; found; found &= found - 1) add(x, i + ctz(found));
    if (count + BLOCK > capacity) keepLargest(k);
    if (isFinal) return;
  }
}

/** The first block from i on with an entry that reaches the threshold. */
function passFloats(x: usize, i: i32, end: i32): i32 {
  const bound = f32x4.splat(boundOf(threshold));
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
  const bound = i32x4.splat(threshold);
  const flips = i32x4.splat(flip);
  for (; i < end; i += BLOCK) {
    const at = x + (i << 2);
    const a = i32x4.lt_s(v128.xor(v128.load(at), flips), bound);
    const b = i32x4.lt_s(v128.xor(v128.load(at, 16), flips), bound);
    const c = i32x4.lt_s(v128.xor(v128.load(at, 32), flips), bound);
    const d = i32x4.lt_s(v128.xor(v128.load(at, 48), flips), bound);
    if (i32x4.bitmask(v128.and(v128.and(a, b), v128.and(c, d))) != 15) break;
  }
  return i;
}

/** A bit for each entry of a block that reaches the threshold. */
function reaching(at: usize): i32 {
  if (threshold == MIN_KEY) return 0xffff;
  const lowest = i32x4.splat(threshold);
  const bound = f32x4.splat(boundOf(threshold));
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
