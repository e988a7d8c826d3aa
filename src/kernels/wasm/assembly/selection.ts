// Works on a memory that it imports: an argument of type usize is an address there. The module has no data
// of its own in it.
import { indices, keepLargest, storeAt } from './candidates';
import { setOrder } from './order';
import { maxStored, plan } from './selectionPlan';
import { selectRow } from './selectRow';
import { DIGITS, sortCandidates } from './sortCandidates';

export { firstOutside, putAlongAxis, takeAlongAxis } from './alongAxis';
export { orderStatistic } from './orderStatistic';
export { seed } from './takeSample';

/** How many words of scratch `topk` needs: their bytes may exceed 32 bits. */
export function scratchWords(n: i32, k: i32): u32 {
  plan(n, k);
  return 2 * u32(maxStored(n)) + 2 * u32(k) + DIGITS;
}

/**
 * The k largest (or smallest) entries of each row.
 *
 * @param x `[rows, n]`, float32 or int32
 * @param values `[rows, k]`, of the same type
 * @param selected their indices, `[rows, k]`
 * @param scratch `scratchWords(n, k)` words
 */
export function topk(
  x: usize,
  rows: i32,
  n: i32,
  k: i32,
  isFloat: bool,
  largest: bool,
  sorted: bool,
  values: usize,
  selected: usize,
  scratch: usize,
): void {
  setOrder(isFloat, largest);
  plan(n, k);
  const stored = usize(maxStored(n)) << 2;
  storeAt(scratch, scratch + stored);
  for (let row = 0; row < rows; row++) {
    selectRow(x, n, k);
    if (sorted) sortCandidates(k, scratch + 2 * stored);
    else keepLargest(k);
    for (let i = 0; i < k << 2; i += 4) {
      const index = load<i32>(indices + i);
      store<i32>(selected, index);
      store<i32>(values, load<i32>(x + (index << 2)));
      selected += 4;
      values += 4;
    }
    x += n << 2;
  }
}
