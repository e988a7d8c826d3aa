import { count, keepGreatest, keys, places } from './candidates';

const INSERT_UP_TO: i32 = 64;

/**
 * The k greatest candidates by key, greatest first; of equal ones the first stays first.
 *
 * @param spare room for as many again and 256 more
 */
export function sortCandidates(k: i32, spare: usize): void {
  if (count <= INSERT_UP_TO) {
    insertEach(count);
    return;
  }
  keepGreatest(k);
  const spareKeys = spare;
  const sparePlaces = spare + (k << 2);
  const ends = spare + (k << 3);
  for (let shift = 0; shift < 32; shift += 16) {
    sortByDigit(k, shift, keys, places, spareKeys, sparePlaces, ends);
    sortByDigit(k, shift + 8, spareKeys, sparePlaces, keys, places, ends);
  }
}

function insertEach(k: i32): void {
  for (let i = 1; i < k; i++) {
    const key = load<i32>(keys + (i << 2));
    const place = load<i32>(places + (i << 2));
    let at = i;
    for (; at > 0; at--) {
      const before = load<i32>(keys + ((at - 1) << 2));
      if (before >= key) break;
      store<i32>(keys + (at << 2), before);
      store<i32>(places + (at << 2), load<i32>(places + ((at - 1) << 2)));
    }
    store<i32>(keys + (at << 2), key);
    store<i32>(places + (at << 2), place);
  }
}

/** One pass of a radix sort, by 8 bits of the key, the greatest first. */
function sortByDigit(
  k: i32,
  shift: i32,
  fromKeys: usize,
  fromPlaces: usize,
  toKeys: usize,
  toPlaces: usize,
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
    store<i32>(toPlaces + (to << 2), load<i32>(fromPlaces + (i << 2)));
  }
}

/** Where the count of a digit is: 0 for the greatest. Flipping all but the sign reverses the order. */
function digitAt(key: i32, shift: i32): usize {
  return (((key ^ i32.MAX_VALUE) >>> shift) & 255) << 2;
}
