import type { Selection } from './Selection.ts';

/**
 * `selectLargest` in plain JavaScript, for pages that forbid WebAssembly, and for rows that exceed its 4 GB. An entry's
 * key is an integer, smaller for one that comes earlier. The k smallest keys are found and sorted as numbers; the rank
 * of an entry is then how many of them are smaller, and how many equal ones come before.
 */
export function selectEachRow<Numbers extends Float32Array | Int32Array>(
  data: Numbers,
  n: number,
  { k, largest = true }: Selection,
): { values: Numbers; indices: Int32Array } {
  const rows = data.length / n;
  const values = data.slice(0, rows * k) as Numbers;
  const indices = new Int32Array(rows * k);
  const keys = new Int32Array(n);
  const kept = new Int32Array(Math.min(n, Math.max(2 * k, MIN_KEPT)));
  const equalBefore = new Int32Array(k);
  for (let row = 0; row < rows; row++) {
    const entries = data.subarray(row * n, (row + 1) * n) as Numbers;
    writeKeys(entries, largest, keys);
    const sorted = smallest(keys, k, kept);
    const last = sorted[k - 1];
    equalBefore.fill(0);
    for (let i = 0; i < n; i++) {
      if (keys[i] > last) continue;
      const smaller = countBelow(sorted, keys[i]);
      const rank = smaller + equalBefore[smaller]++;
      if (rank >= k) continue;
      indices[row * k + rank] = i;
      values[row * k + rank] = entries[i];
    }
  }
  return { values, indices };
}

const MIN_KEPT = 64;

/**
 * All bits of a float but the sign order as an integer does; a negative one has them inverted. NaN is the largest, −0
 * is 0.
 */
function writeKeys(entries: Float32Array | Int32Array, largest: boolean, keys: Int32Array): void {
  const isFloat = entries instanceof Float32Array;
  const flip = largest ? -1 : 0;
  const bits = new Int32Array(entries.buffer, entries.byteOffset, entries.length);
  for (let i = 0; i < bits.length; i++) {
    let key = bits[i];
    if (isFloat) {
      if ((key & MAX) > INFINITY_BITS) key = MAX;
      else if (key < 0) key = key === ~MAX ? 0 : key ^ MAX;
    }
    keys[i] = key ^ flip;
  }
}

const MAX = 0x7fffffff;
const INFINITY_BITS = 0x7f800000;

/** The k smallest keys, sorted. Collects keys below a threshold, which falls whenever there are too many. */
function smallest(keys: Int32Array, k: number, kept: Int32Array): Int32Array {
  let length = 0;
  let threshold = MAX;
  for (let i = 0, n = keys.length; i < n; i++) {
    const key = keys[i];
    if (key >= threshold && length >= k) continue;
    if (length === kept.length) {
      threshold = kept.sort()[k - 1];
      length = k;
      if (key >= threshold) continue;
    }
    kept[length++] = key;
  }
  return kept.subarray(0, length).sort().subarray(0, k);
}

/** How many sorted keys are smaller, by bisection. */
function countBelow(sorted: Int32Array, key: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
