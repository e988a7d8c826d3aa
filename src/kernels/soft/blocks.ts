import { concat, fill, type Tensor } from '@tensorflow/tfjs-core';

/** So many terms are added one after another. */
export const PART = 128;

/** Rows `[rows, n]`, of more than one part, with the last one filled up with a value. */
export function padToBlocks(t: Tensor, value: number): Tensor {
  const [rows, n] = t.shape as [number, number];
  const rest = n <= PART ? 0 : -n & (PART - 1);
  return rest === 0 ? t : concat([t, fill([rows, rest], value)], 1);
}
