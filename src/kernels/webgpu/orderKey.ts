import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';

/** The rows of a tensor `[rows, n]` and the direction in which they are ordered. */
export interface Order {
  rows: number;
  n: number;
  largest: boolean;
  dtype: DataType;
}

/** The uniforms that `orderKey` reads. */
export const orderUniforms = ({ rows, n, largest }: Order) => ({ rows, n, flip: largest ? 0 : -1 });

/**
 * WGSL: `keyOf(row, index)`, an integer that is greater for an entry of x that comes earlier. All bits of a float but
 * the sign order as an integer does; a negative one has them inverted. NaN, with whichever bits, is the largest; −0 has
 * the key of 0.
 */
export const orderKey = ({ dtype }: Order): string => `
  fn keyOf(row : i32, index : i32) -> u32 {
    let value = x[row * uniforms.n + index];
    return ${dtype === 'float32' ? 'floatKey(bitcast<u32>(f32(value)))' : '(bitcast<u32>(value) ^ SIGN)'}
      ^ bitcast<u32>(uniforms.flip);
  }

  const SIGN = 0x80000000u;

  fn floatKey(bits : u32) -> u32 {
    if ((bits & ~SIGN) > 0x7f800000u) { return 0xffffffffu; }
    if (bits > SIGN) { return ~bits; }
    return bits | SIGN;
  }`;

/**
 * WGSL: `indexAt(row, i)`, the index of the i-th candidate `[rows, m]` of a row; without candidates all entries are.
 */
export const indexAt = (candidates: TensorInfo | undefined): string => `
  fn indexAt(row : i32, i : i32) -> i32 {
    return ${candidates ? 'candidates[row * uniforms.m + i]' : 'i'};
  }`;
