import { keyOf, MAX_KEY } from './order';

/**
 * The entries of a row that may be among its k largest, as keys and indices, in the order of the indices.
 * Only keys from `threshold` on are added. When the capacity is reached, the k largest stay and the threshold
 * rises. With a capacity of 2k, an entry costs a constant in whatever order they come.
 */
export let keys: usize = 0;
export let indices: usize = 0;
export let count: i32 = 0;
export let threshold: i32 = 0; // `clear` sets it
/** Whether there are k that no later entry can replace. */
export let isFinal: bool = false;

export function storeAt(keysAt: usize, indicesAt: usize): void {
  keys = keysAt;
  indices = indicesAt;
}

export function clear(from: i32): void {
  count = 0;
  threshold = from;
  isFinal = false;
}

/** Always writes the entry, and counts it only if it reaches the threshold: a branch would be mispredicted. */
export function add(x: usize, index: i32): void {
  const key = keyOf(load<i32>(x + (index << 2)));
  store<i32>(keys + (count << 2), key);
  store<i32>(indices + (count << 2), index);
  count += i32(key >= threshold);
}

/** Keeps the k largest; of equal ones the first. */
export function keepLargest(k: i32): void {
  if (count <= k) return;
  const kth = kthLargest(keys, count, k);
  let ties = kth == MAX_KEY ? k : k - countFrom(kth + 1, keys, count);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const key = load<i32>(keys + (i << 2));
    store<i32>(keys + (kept << 2), key);
    store<i32>(indices + (kept << 2), load<i32>(indices + (i << 2)));
    const isTied = i32(key == kth);
    kept += i32(key > kth) | (isTied & i32(ties > 0));
    ties -= isTied;
  }
  count = k;
  isFinal = kth == MAX_KEY;
  threshold = isFinal ? kth : kth + 1;
}

/** The k-th largest of `count` keys, by bisection; or a key that exactly k of them reach. k in [1, count]. */
export function kthLargest(keys: usize, count: i32, k: i32): i32 {
  let low = load<i32>(keys);
  let high = low;
  for (let i = 1; i < count; i++) {
    const key = load<i32>(keys + (i << 2));
    low = min(low, key);
    high = max(high, key);
  }
  while (low < high) {
    const middle = high - i32(u32(high - low) >> 1); // in (low, high]
    const found = countFrom(middle, keys, count);
    if (found >= k) low = middle;
    else high = middle - 1;
    if (found == k) break;
  }
  return low;
}

/** How many keys are ≥ `key`. */
export function countFrom(key: i32, keys: usize, count: i32): i32 {
  const bound = i32x4.splat(key);
  const whole = count & ~3;
  let below = i32x4.splat(0); // −1 for each
  let i = 0;
  for (; i < whole; i += 4) {
    below = i32x4.add(below, i32x4.lt_s(v128.load(keys + (i << 2)), bound));
  }
  let found = whole + i32x4.extract_lane(below, 0) + i32x4.extract_lane(below, 1);
  found += i32x4.extract_lane(below, 2) + i32x4.extract_lane(below, 3);
  for (; i < count; i++) found += i32(load<i32>(keys + (i << 2)) >= key);
  return found;
}
