// Works on the memory of tfjs-backend-wasm: an argument of type usize is an address in it. The module
// has no data there of its own.
import { keepGreatest, places, setRoom } from './candidates';
import { setOrder } from './order';
import { selectRow } from './selectRow';
import { sortCandidates } from './sortCandidates';

export { dots } from './dots';
export { sumRows } from './sumRows';

/**
 * The k greatest (or smallest) entries of each row.
 *
 * @param x `[rows, n]`, float32 or int32
 * @param values `[rows, k]`, of the same type
 * @param indices `[rows, k]`
 * @param spare 2 capacity + 2 k + 256 words
 * @param capacity the room, or the size of the sample, if that is more
 * @param room, stride, rank as in selectRow
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
  indices: usize,
  spare: usize,
  capacity: i32,
  room: i32,
  stride: i32,
  rank: i32,
): void {
  setOrder(isFloat, largest);
  setRoom(spare, spare + (capacity << 2));
  for (let row = 0; row < rows; row++) {
    selectRow(x, n, k, room, stride, rank);
    if (sorted) sortCandidates(k, spare + (capacity << 3));
    else keepGreatest(k);
    for (let i = 0; i < k; i++) {
      const place = load<i32>(places + (i << 2));
      store<i32>(indices, place);
      store<i32>(values, load<i32>(x + (place << 2)));
      indices += 4;
      values += 4;
    }
    x += n << 2;
  }
}
