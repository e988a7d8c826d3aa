import type { Dtype, Order } from './Task.ts';

/** The finalizer of MurmurHash3: 32 pseudorandom bits from an index and a seed. */
function hash(index: number, seed: number): number {
  let bits = (index + Math.imul(seed, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/**
 * The indices that the wasm kernel would sample with the seed 0: what somebody knows who has read it, and wants it
 * slow. It draws the seed at random.
 */
function sampleOf(size: number): Set<number> {
  const stride = Math.max(16, Math.floor(size / 512));
  let state = 0;
  const at = (_: unknown, i: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return i * stride + (((state >>> 20) * stride) >>> 12);
  };
  return new Set(Array.from({ length: Math.floor(size / stride) }, at));
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
    'against a sample': (i) => (sampled.has(i) ? 0 : i),
    'a quarter NaN': (i) => ((hash(i, seed) & 3) === 0 ? NaN : random(i)),
  };
  const sampled = order === 'against a sample' ? sampleOf(size) : new Set();
  const data = isFloat ? new Float32Array(size) : new Int32Array(size);
  for (let i = 0; i < size; i++) data[i] = at[order](i);
  return data;
}
