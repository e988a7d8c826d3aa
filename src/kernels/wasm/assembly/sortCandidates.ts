import { count, indices, keepLargest, keys } from './candidates';
import { MIN_KEY } from './order';

/** The values of 8 bits: `scratch` counts each. */
export const DIGITS: u32 = 256;

const RANK_UP_TO: i32 = 112;
/** So many more than k are faster ranked than left out. */
const FEW: i32 = 32;

/**
 * Sorts the k largest candidates by key, largest first; equal ones keep their order.
 *
 * @param scratch 2k + DIGITS words
 */
export function sortCandidates(k: i32, scratch: usize): void {
  if (count > min(RANK_UP_TO, k + FEW)) keepLargest(k);
  if (count <= RANK_UP_TO) rankEach(k, scratch);
  else sortByDigits(k, scratch);
}

function sortByDigits(k: i32, scratch: usize): void {
  const otherKeys = scratch;
  const otherIndices = scratch + (k << 2);
  const ends = scratch + (k << 3);
  for (let shift = 0; shift < 32; shift += 16) {
    sortByDigit(k, shift, keys, indices, otherKeys, otherIndices, ends);
    sortByDigit(k, shift + 8, otherKeys, otherIndices, keys, indices, ends);
  }
}

/** Puts each at its rank: the number of greater keys, and of equal ones before it. */
function rankEach(k: i32, ranked: usize): void {
  v128.store(keys + (count << 2), i32x4.splat(MIN_KEY)); // greater than none
  for (let i = 0; i < count; i++) {
    store<i32>(ranked + (rankOf(i) << 2), load<i32>(indices + (i << 2)));
  }
  memory.copy(indices, ranked, k << 2);
}

function rankOf(i: i32): i32 {
  const key = i32x4.splat(load<i32>(keys + (i << 2)));
  const mixed = keys + ((i & ~3) << 2);
  const isBefore = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(i & 3));
  const four = v128.load(mixed);
  // −1 for each
  let above = v128.bitselect(i32x4.ge_s(four, key), i32x4.gt_s(four, key), isBefore);
  let at = keys;
  for (; at < mixed; at += 16) above = i32x4.add(above, i32x4.ge_s(v128.load(at), key));
  const end = keys + (count << 2);
  for (at += 16; at < end; at += 16) above = i32x4.add(above, i32x4.gt_s(v128.load(at), key));
  const rank = i32x4.extract_lane(above, 0) + i32x4.extract_lane(above, 1);
  return -(rank + i32x4.extract_lane(above, 2) + i32x4.extract_lane(above, 3));
}

/** One pass of a radix sort by 8 bits of the key, largest first. */
function sortByDigit(
  k: i32,
  shift: i32,
  fromKeys: usize,
  fromIndices: usize,
  toKeys: usize,
  toIndices: usize,
  ends: usize,
): void {
  memory.fill(ends, 0, 1024);
  for (let i = 0; i < k; i++) {
    const at = ends + digitAt(load<i32>(fromKeys + (i << 2)), shift);
    store<i32>(at, load<i32>(at) + 1);
  }
  let end = 0;
  for (let at = ends; at < ends + 1024; at += 4) {
    end += load<i32>(at);
    store<i32>(at, end);
  }
  for (let i = k - 1; i >= 0; i--) {
    const key = load<i32>(fromKeys + (i << 2));
    const at = ends + digitAt(key, shift);
    const to = load<i32>(at) - 1;
    store<i32>(at, to);
    store<i32>(toKeys + (to << 2), key);
    store<i32>(toIndices + (to << 2), load<i32>(fromIndices + (i << 2)));
  }
}

/** The offset of a digit's count. Flipping all bits but the sign reverses the order. */
function digitAt(key: i32, shift: i32): usize {
  return (((key ^ i32.MAX_VALUE) >>> shift) & 255) << 2;
}
