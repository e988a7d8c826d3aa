import { SELECTION } from '../wasm/binaries.ts';
import { ownModule } from '../wasm/ownModule.ts';
import type { Selection } from './Selection.ts';
import { selectEachRow } from './selectEachRow.ts';

type Numbers = Float32Array | Int32Array;

/** How much of the data is copied at a time. */
const BLOCK_BYTES = 2 ** 22;

/**
 * The k largest (or smallest) entries of each row in top-k's total order, and their indices. Runs the wasm
 * module on a memory of its own, into which rows are copied; where that is unavailable, `selectEachRow`.
 *
 * @param data `[rows, n]`, not changed; n, k ≥ 1.
 * @returns both `[rows, k]`, the values of data's type.
 */
export function selectLargest(
  data: Numbers,
  n: number,
  selection: Selection,
): { values: Numbers; indices: Int32Array } {
  const { k, largest = true, sorted } = selection;
  const isFloat = data instanceof Float32Array;
  const rows = data.length / n;

  const block = Math.max(1, Math.min(rows, Math.floor(BLOCK_BYTES / (4 * n))));
  const x = 0;
  const v = block * n;
  const i = v + block * k;
  const scratch = i + block * k;
  const own = ownModule(SELECTION, ({ scratchWords }) => scratch + (scratchWords(n, k) >>> 0));
  if (!own) return selectEachRow(data, n, selection);
  const { memory, functions } = own;
  const floats = new Float32Array(memory.buffer);
  const integers = new Int32Array(memory.buffer);
  const numbers: Numbers = isFloat ? floats : integers;
  const values = isFloat ? new Float32Array(rows * k) : new Int32Array(rows * k);
  const indices = new Int32Array(rows * k);

  for (let from = 0; from < rows; from += block) {
    const some = Math.min(block, rows - from);
    numbers.set(data.subarray(from * n, (from + some) * n), x);
    functions.topk(4 * x, some, n, k, isFloat, largest, sorted, 4 * v, 4 * i, 4 * scratch);
    values.set(numbers.subarray(v, v + some * k), from * k);
    indices.set(integers.subarray(i, i + some * k), from * k);
  }
  return { values, indices };
}
