import { GREATEST_KEY, keyOf, LEAST_KEY } from './order';

/**
 * The entries of a row that may be among its k greatest, as keys and places, in the order of their
 * places. Only keys from `least` on come in. When there is no room for more, the k greatest stay,
 * and `least` rises: with room for 2k, an entry costs a constant in whatever order they come.
 */
export let keys: usize = 0;
export let places: usize = 0;
export let count: i32 = 0;
export let least: i32 = LEAST_KEY;
/** Whether there are k that no later entry can replace. */
export let isFinal: bool = false;

export function setRoom(keysAt: usize, placesAt: usize): void {
  keys = keysAt;
  places = placesAt;
}

export function clear(from: i32): void {
  count = 0;
  least = from;
  isFinal = false;
}

/** Writes the entry, and counts it only if it comes in: without a branch, none is mispredicted. */
export function add(x: usize, place: i32): void {
  const key = keyOf(load<i32>(x + (place << 2)));
  store<i32>(keys + (count << 2), key);
  store<i32>(places + (count << 2), place);
  count += i32(key >= least);
}

/** Leaves the k greatest, of equal ones the first. */
export function keepGreatest(k: i32): void {
  if (count <= k) return;
  const cut = kthGreatest(keys, count, k);
  let ties = cut == GREATEST_KEY ? k : k - countFrom(cut + 1, keys, count);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const key = load<i32>(keys + (i << 2));
    store<i32>(keys + (kept << 2), key);
    store<i32>(places + (kept << 2), load<i32>(places + (i << 2)));
    const isTied = i32(key == cut);
    kept += i32(key > cut) | (isTied & i32(ties > 0));
    ties -= isTied;
  }
  count = k;
  isFinal = cut == GREATEST_KEY;
  least = isFinal ? cut : cut + 1;
}

/**
 * By bisection: a key from which on there are k of `count` keys, or more where several equal it. k in
 * [1, count].
 */
export function kthGreatest(keys: usize, count: i32, k: i32): i32 {
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

/** How many are ≥ key. */
function countFrom(key: i32, keys: usize, count: i32): i32 {
  const lowest = i32x4.splat(key);
  const whole = count & ~3;
  let below = i32x4.splat(0); // −1 for each
  let i = 0;
  for (; i < whole; i += 4) {
    below = i32x4.add(below, i32x4.lt_s(v128.load(keys + (i << 2)), lowest));
  }
  let found = whole + i32x4.extract_lane(below, 0) + i32x4.extract_lane(below, 1);
  found += i32x4.extract_lane(below, 2) + i32x4.extract_lane(below, 3);
  for (; i < count; i++) found += i32(load<i32>(keys + (i << 2)) >= key);
  return found;
}
