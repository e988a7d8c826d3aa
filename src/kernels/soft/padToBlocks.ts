import { concat, fill, type Tensor } from '@tensorflow/tfjs-core';

/** The number of terms that are added one after another. */
export const BLOCK = 128;

/** Rows `[rows, n]`, if longer than a block, padded with a value to whole blocks. */
export function padToBlocks(t: Tensor, value: number): Tensor {
  const [rows, n] = t.shape as [number, number];
  const missing = n <= BLOCK ? 0 : -n & (BLOCK - 1);
  return missing === 0 ? t : concat([t, fill([rows, missing], value)], 1);
}
