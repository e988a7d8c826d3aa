import { selectLargest } from './selectLargest.ts';

/**
 * The indices `[rows, R]` of the entries that a stable ascending sort puts at R ranks of each row, by selection from the
 * nearer end. In a row with NaN each is that of the first one.
 *
 * @param data `[rows, n]`; changed.
 */
export function selectRanks(data: Float32Array, n: number, ranks: number[]): Int32Array {
  const rows = data.length / n;
  const nan = Int32Array.from({ length: rows }, (_, row) =>
    data.subarray(row * n, (row + 1) * n).findIndex(Number.isNaN),
  );
  const [fromStart, fromEnd] = [Math.max(...ranks) + 1, n - Math.min(...ranks)];
  const isReversed = fromEnd < fromStart;
  // From the end, the data are reversed: then of equal entries the higher index comes first, as it does there.
  if (isReversed) data.reverse();
  const k = Math.min(fromStart, fromEnd);
  const { indices } = selectLargest(data, n, { k, largest: isReversed, sorted: true });
  const found = (row: number, rank: number) =>
    isReversed ? n - 1 - indices[(rows - 1 - row) * k + n - 1 - rank] : indices[row * k + rank];
  return Int32Array.from({ length: rows * ranks.length }, (_, i) => {
    const row = Math.floor(i / ranks.length);
    return nan[row] >= 0 ? nan[row] : found(row, ranks[i % ranks.length]);
  });
}
