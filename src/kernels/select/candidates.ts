import { kthLargest } from './kthLargest.ts';
import { GREATEST_KEY, LEAST_KEY } from './orderKey.ts';
import { INSERT_UP_TO, sortByKey } from './sortByKey.ts';

/**
 * The entries of a row that may be among its k greatest, as keys and places; equal keys in the order
 * of their places. Only keys from `least` on come in. When there is no room for more, the k greatest stay,
 * and `least` rises: with room for 2k, an entry costs a constant in whatever order they come.
 */
export class Candidates {
  readonly keys: Int32Array;
  readonly places: Int32Array;
  count = 0;
  least = LEAST_KEY;
  /** Whether there are k that no later entry can replace. */
  isFinal = false;

  constructor(room: number) {
    this.keys = new Int32Array(room);
    this.places = new Int32Array(room);
  }

  clear(from: number): void {
    this.count = 0;
    this.least = from;
    this.isFinal = false;
  }

  /** There must be room. */
  add(key: number, place: number): void {
    if (key < this.least) return;
    this.keys[this.count] = key;
    this.places[this.count++] = place;
  }

  /** Leaves the k greatest, of equal ones the first. */
  keepGreatest(k: number): void {
    if (this.count <= k) return;
    const cut = this.count <= INSERT_UP_TO ? this.sortAndCut(k) : this.cutAt(k);
    this.count = k;
    this.isFinal = cut === GREATEST_KEY;
    this.least = this.isFinal ? cut : cut + 1;
  }

  private sortAndCut(k: number): number {
    sortByKey(this.keys, this.places, this.count);
    return this.keys[k - 1];
  }

  private cutAt(k: number): number {
    const { keys, places, count } = this;
    const { cut, ties } = kthLargest(keys.subarray(0, count), k);
    let [kept, tiesLeft] = [0, ties];
    for (let i = 0; i < count; i++) {
      const key = keys[i];
      if (key < cut || (key === cut && tiesLeft-- <= 0)) continue;
      keys[kept] = key;
      places[kept++] = places[i];
    }
    return cut;
  }
}
