/** Sorts the first `count` keys, greatest first, and the places with them; equal ones stay in order. */
export function sortByKey(keys: Int32Array, places: Int32Array, count: number): void {
  if (count <= INSERT_UP_TO) {
    insertEach(keys, places, count);
    return;
  }
  let from: Pairs = { keys, places };
  let to: Pairs = { keys: new Int32Array(count), places: new Int32Array(count) };
  for (let shift = 0; shift < 32; shift += 8) {
    sortByDigit(from, to, count, shift);
    [from, to] = [to, from];
  }
}

/** Fewer are inserted one by one. */
export const INSERT_UP_TO = 64;

function insertEach(keys: Int32Array, places: Int32Array, count: number): void {
  for (let i = 1; i < count; i++) {
    const [key, place] = [keys[i], places[i]];
    let at = i;
    for (; at > 0 && keys[at - 1] < key; at--) {
      keys[at] = keys[at - 1];
      places[at] = places[at - 1];
    }
    keys[at] = key;
    places[at] = place;
  }
}

interface Pairs {
  keys: Int32Array;
  places: Int32Array;
}

/** One pass of a radix sort, by 8 bits of the key. */
function sortByDigit(from: Pairs, to: Pairs, count: number, shift: number): void {
  const ends = new Int32Array(256);
  const digitOf = (key: number) => ((key ^ REVERSE) >>> shift) & 255;
  for (let i = 0; i < count; i++) ends[digitOf(from.keys[i])]++;
  for (let digit = 1; digit < 256; digit++) ends[digit] += ends[digit - 1];
  for (let i = count - 1; i >= 0; i--) {
    const at = --ends[digitOf(from.keys[i])];
    to.keys[at] = from.keys[i];
    to.places[at] = from.places[i];
  }
}

/** All bits but the sign: then the greatest key is the least unsigned integer. */
const REVERSE = 2 ** 31 - 1;
