import { kthLargest } from './candidates';
import { keyOf, keysOf, MAX_KEY, MIN_KEY, setOrder } from './order';
import { takeSample } from './takeSample';

/** Longer rows are narrowed to a window of keys by a sample first, as in Floyd and Rivest (see selectionPlan). */
const SAMPLED_FROM: i32 = 32768;
const SAMPLE: i32 = 4096;

/**
 * The index of the entry that a stable ascending sort puts at a rank, in each row; in a row with NaN that of the first
 * one.
 *
 * @param x `[rows, n]`, float32
 * @param rank in [0, n)
 * @param indices one for each row, `stride` bytes apart
 * @param scratch 2n words
 */
export function orderStatistic(
  x: usize,
  rows: i32,
  n: i32,
  rank: i32,
  indices: usize,
  stride: usize,
  scratch: usize,
): void {
  setOrder(true, false); // the largest key is that of the smallest entry
  for (let row = 0; row < rows; row++) {
    let index = firstNaN(x, n);
    if (index < 0 && n >= SAMPLED_FROM) {
      setWindow(x, n, rank, scratch);
      index = findInWindow(x, n, rank, scratch);
    }
    if (index < 0) {
      low = MIN_KEY;
      high = MAX_KEY;
      index = findInWindow(x, n, rank, scratch);
    }
    store<i32>(indices, index);
    indices += stride;
    x += n << 2;
  }
}

/** The keys between which that of the rank is expected. */
let low: i32 = 0;
let high: i32 = 0;

/** From the sampled keys four standard deviations to both sides of the rank's. */
function setWindow(x: usize, n: i32, rank: i32, keys: usize): void {
  const every = n / SAMPLE;
  takeSample(x, SAMPLE, every, keys);
  const share = (f64(rank) + 1) / n;
  const margin = 4 * Math.sqrt(SAMPLE * share * (1 - share)) + 4;
  const from = i32(SAMPLE * share - margin);
  const to = i32(SAMPLE * share + margin) + 1;
  high = from < 1 ? MAX_KEY : kthLargest(keys, SAMPLE, from);
  low = to > SAMPLE ? MIN_KEY : kthLargest(keys, SAMPLE, to);
}

/** The index of the entry at the rank; −1 if its key is outside of the window. */
function findInWindow(x: usize, n: i32, rank: i32, keys: usize): i32 {
  const indices = keys + (n << 2);
  const lows = i32x4.splat(low);
  const highs = i32x4.splat(high);
  const whole = n & ~3;
  let before = 0;
  let count = 0;
  for (let i = 0; i < whole; i += 4) {
    const four = keysOf(v128.load(x + (i << 2)));
    const above = i32x4.bitmask(i32x4.gt_s(four, highs));
    before += popcnt(above);
    let found = i32x4.bitmask(i32x4.ge_s(four, lows)) & ~above;
    if (!found) continue;
    const lanes = indices + (count << 2); // where each is read before an index is written there
    v128.store(lanes, four);
    for (; found; found &= found - 1) {
      const lane = ctz(found);
      store<i32>(keys + (count << 2), load<i32>(lanes + (lane << 2)));
      store<i32>(indices + (count << 2), i + lane);
      count++;
    }
  }
  for (let i = whole; i < n; i++) {
    const key = keyOf(load<i32>(x + (i << 2)));
    before += i32(key > high);
    if (key > high || key < low) continue;
    store<i32>(keys + (count << 2), key);
    store<i32>(indices + (count << 2), i);
    count++;
  }
  const place = rank - before;
  return place < 0 || place >= count ? -1 : candidateAt(place, keys, indices, count);
}

/** The index of the candidate at a place in the order of keys, largest first; equal ones in the order of indices. */
function candidateAt(place: i32, keys: usize, indices: usize, count: i32): i32 {
  const reached = kthLargest(keys, count, place + 1);
  let key = MAX_KEY;
  for (let i = 0; i < count; i++) {
    const other = load<i32>(keys + (i << 2));
    if (other >= reached) key = min(key, other);
  }
  for (let i = 0; i < count; i++) place -= i32(load<i32>(keys + (i << 2)) > key);
  for (let i = 0; i < count; i++) {
    if (load<i32>(keys + (i << 2)) == key && place-- == 0) return load<i32>(indices + (i << 2));
  }
  return -1;
}

function firstNaN(x: usize, n: i32): i32 {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const four = v128.load(x + (i << 2));
    if (v128.any_true(f32x4.ne(four, four))) break;
  }
  for (; i < n; i++) if (isNaN(load<f32>(x + (i << 2)))) return i;
  return -1;
}
