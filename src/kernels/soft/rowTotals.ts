import { reshape, sum, type Tensor } from '@tensorflow/tfjs-core';
import { padToBlocks, PART } from './blocks.ts';

/**
 * The sum of each row, from `[rows, n]` to `[rows, 1]`. In parts, since tfjs adds in float32, and on wasm
 * one term after another: a million equal ones come out 1 % wrong.
 */
export function rowTotals(t: Tensor): Tensor {
  const [rows, n] = t.shape as [number, number];
  if (n <= PART) return sum(t, 1, true);
  const parts = reshape(padToBlocks(t, 0), [-1, PART]);
  return rowTotals(reshape(sum(parts, 1), [rows, -1]));
}
