/** The numbers of the speed experiment; experiments/peers/inputs.py makes the same ones. */
export type Order = 'random' | 'ascending' | 'equal' | 'few distinct' | 'a quarter NaN';
export type Dtype = 'float32' | 'int32';

/** The finalizer of MurmurHash3: 32 bits that look random, from a place and a seed. */
function bitsAt(place: number, seed: number): number {
  let bits = (place + Math.imul(seed, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** `size` numbers; random floats are in [−1, 1), and multiples of 2⁻²³. */
export function inputs(size: number, order: Order, dtype: Dtype, seed: number) {
  const isFloat = dtype === 'float32';
  const random = (i: number) => (isFloat ? (bitsAt(i, seed) >> 8) / 2 ** 23 : bitsAt(i, seed));
  const at: Record<Order, (i: number) => number> = {
    random,
    ascending: (i) => i,
    equal: () => 1,
    'few distinct': (i) => bitsAt(i, seed) >> 29,
    'a quarter NaN': (i) => ((bitsAt(i, seed) & 3) === 0 ? NaN : random(i)),
  };
  const data = isFloat ? new Float32Array(size) : new Int32Array(size);
  for (let i = 0; i < size; i++) data[i] = at[order](i);
  return data;
}

/** One thing to be timed, by this package and by its peers. */
export interface Task {
  id: string;
  work: 'topk' | 'gradient';
  /** of topk the rows of its input; of a gradient, 0 for a vector x, else the size of the batch */
  rows: number;
  n: number;
  /** of W, for a gradient */
  d: number;
  k: number;
  order: Order;
  dtype: Dtype;
  /** false for the k smallest */
  largest: boolean;
}

/** What a peer writes to its standard output. */
export interface PeerReport {
  version: string;
  /** by the id of a task and the way it is done: what was found, to be compared, and times in ms */
  results: Record<string, Record<string, { found: number[]; times: number[] }>>;
}
