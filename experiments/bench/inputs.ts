import type { Dtype, Order } from './Task.ts';

/** The finalizer of MurmurHash3: 32 pseudorandom bits from an index and a seed. */
function hash(index: number, seed: number): number {
  let bits = (index + Math.imul(seed, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/**
 * Makes `size` input numbers; peers/inputs.py makes the same ones. Random floats are multiples of
 * 2⁻²³ in [−1, 1).
 */
export function inputs(size: number, order: Order, dtype: Dtype, seed: number) {
  const isFloat = dtype === 'float32';
  const random = (i: number) => (isFloat ? (hash(i, seed) >> 8) / 2 ** 23 : hash(i, seed));
  const at: Record<Order, (i: number) => number> = {
    random,
    ascending: (i) => i,
    equal: () => 1,
    'few distinct': (i) => hash(i, seed) >> 29,
    'a quarter NaN': (i) => ((hash(i, seed) & 3) === 0 ? NaN : random(i)),
  };
  const data = isFloat ? new Float32Array(size) : new Int32Array(size);
  for (let i = 0; i < size; i++) data[i] = at[order](i);
  return data;
}
