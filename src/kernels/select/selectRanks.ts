import { SELECTION } from '../wasm/binaries.ts';
import { ownModule } from '../wasm/ownModule.ts';
import { sortRanks } from './sortRanks.ts';

/**
 * The indices `[rows, R]` of the entries that a stable ascending sort puts at R ranks of each row. In a row with NaN
 * each is that of the first one. Runs the wasm module on a memory of its own, into which one row is copied at a time;
 * where that is unavailable, `sortRanks`.
 *
 * @param data `[rows, n]`, not changed.
 */
export function selectRanks(data: Float32Array, n: number, ranks: number[]): Int32Array {
  const own = ownModule(SELECTION, () => 3 * n + ranks.length);
  if (!own) return sortRanks(data, n, ranks);
  const { memory, functions } = own;
  const row = new Float32Array(memory.buffer, 0, n);
  const found = new Int32Array(memory.buffer, 4 * n, ranks.length);
  const scratch = 4 * (n + ranks.length);
  const indices = new Int32Array((data.length / n) * ranks.length);
  for (let from = 0, to = 0; from < data.length; from += n, to += ranks.length) {
    row.set(data.subarray(from, from + n));
    ranks.forEach((rank, j) => {
      functions.orderStatistic(0, 1, n, rank, 4 * (n + j), 4, scratch);
    });
    indices.set(found, to);
  }
  return indices;
}
