import { selectLargest } from './selectLargest.ts';

/**
 * `selectRanks` by a sort of each row, for many ranks. NaN is the largest, and of several the first has the lowest
 * rank.
 */
export function sortRanks(data: Float32Array, n: number, ranks: number[]): Int32Array {
  const { values, indices } = selectLargest(data, n, { k: n, largest: false, sorted: true });
  const found = new Int32Array((data.length / n) * ranks.length);
  for (let from = 0, to = 0; from < data.length; from += n) {
    let nan = n;
    while (nan > 0 && Number.isNaN(values[from + nan - 1])) nan--;
    for (const rank of ranks) found[to++] = indices[from + (nan < n ? nan : rank)];
  }
  return found;
}
