import { Candidates } from './candidates.ts';
import { kthLargest } from './kthLargest.ts';
import { keyToFloat, LEAST_KEY, orderKey } from './orderKey.ts';
import { sampledPlace, selectionPlan } from './selectionPlan.ts';
import { sortByKey } from './sortByKey.ts';

/** So many entries are compared at once, and mostly passed over. */
const BLOCK = 8;
/** Up to this k, as in assembly/selectRow, the k greatest are kept in order from the start. */
const FEW = 16;

/**
 * The places of the k greatest entries of each row, in the order of `orderKey`; of equal ones the
 * first. Reads each entry once where most cannot be among the k, and is linear in n for any input,
 * but for the order of the k.
 *
 * @param data `[rows, n]`, float32 or int32; not changed.
 * @param k in [0, n].
 * @param largest false for the k smallest.
 * @param sorted false leaves the order of the k open.
 * @returns `[rows, k]`, each in [0, n).
 */
export function selectLargest(
  data: Float32Array | Int32Array,
  n: number,
  k: number,
  largest: boolean,
  sorted: boolean,
): Int32Array {
  const isFloat = data instanceof Float32Array;
  const flip = largest ? 0 : -1;
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const { room: ample, stride, size, rank } = selectionPlan(n, k);
  // A few are best kept in order from block to block: then most of a row is below the last of them.
  const room = k <= FEW ? k + 2 * BLOCK : ample;
  const sample = new Int32Array(size);
  const candidates = new Candidates(Math.min(room, n + BLOCK));

  const keyAt = (i: number) => orderKey(bits[i], isFloat, flip);
  const leastOfSample = (start: number) => {
    for (let s = 0; s < size; s++) sample[s] = keyAt(start + sampledPlace(s, stride));
    return size > 0 ? kthLargest(sample, rank).cut : LEAST_KEY;
  };
  const scan = (start: number) => {
    const end = start + n;
    for (let i = start; i < end && !candidates.isFinal;) {
      const { least } = candidates;
      if (!isFloat) i = passIntegers(bits, i, end, least, flip);
      else if (largest) i = passBelow(data, i, end, keyToFloat(least - 1));
      else if (least > LEAST_KEY) i = passAbove(data, i, end, keyToFloat(~least));
      for (const next = Math.min(i + BLOCK, end); i < next; i++) {
        candidates.add(keyAt(i), i - start);
      }
      if (candidates.count + BLOCK > room) candidates.keepGreatest(k);
    }
  };

  const selected = new Int32Array(k === 0 ? 0 : (data.length / n) * k);
  for (let [start, at] = [0, 0]; at < selected.length; start += n, at += k) {
    candidates.clear(leastOfSample(start));
    scan(start);
    if (candidates.count < k) {
      candidates.clear(LEAST_KEY); // the sample was not like the rest
      scan(start);
    }
    candidates.keepGreatest(k);
    if (sorted) sortByKey(candidates.keys, candidates.places, k);
    selected.set(candidates.places.subarray(0, k), at);
  }
  return selected;
}

/**
 * The first place from i on, by blocks, with an entry above the bound, or NaN. With a bound of one
 * float V8 compares floats, where it would otherwise convert each entry to a double.
 */
function passBelow(data: Float32Array, i: number, end: number, bound: number) {
  const b = Math.fround(bound);
  for (; i + BLOCK <= end; i += BLOCK) {
    if (!(allAtMost(data, i, b) && allAtMost(data, i + 4, b))) return i;
  }
  return i;
}

/** The first place from i on, by blocks, with an entry that is at most the bound; NaN is not. */
function passAbove(data: Float32Array, i: number, end: number, bound: number) {
  const b = Math.fround(bound);
  for (; i + BLOCK <= end; i += BLOCK) {
    if (anyAtMost(data, i, b) || anyAtMost(data, i + 4, b)) return i;
  }
  return i;
}

function passIntegers(data: Int32Array, i: number, end: number, least: number, flip: 0 | -1) {
  for (; i + BLOCK <= end; i += BLOCK) {
    if ((data[i] ^ flip) >= least || (data[i + 1] ^ flip) >= least) return i;
    if ((data[i + 2] ^ flip) >= least || (data[i + 3] ^ flip) >= least) return i;
    if ((data[i + 4] ^ flip) >= least || (data[i + 5] ^ flip) >= least) return i;
    if ((data[i + 6] ^ flip) >= least || (data[i + 7] ^ flip) >= least) return i;
  }
  return i;
}

// Of four entries each. `| 0` says that a place is an int32: else V8 checks each for overflow, which takes an
// eighth of the time.

function allAtMost(data: Float32Array, i: number, b: number): boolean {
  return data[i] <= b && data[(i + 1) | 0] <= b && data[(i + 2) | 0] <= b && data[(i + 3) | 0] <= b;
}

function anyAtMost(data: Float32Array, i: number, b: number): boolean {
  return data[i] <= b || data[(i + 1) | 0] <= b || data[(i + 2) | 0] <= b || data[(i + 3) | 0] <= b;
}
