import { reshape, sum, type Tensor } from '@tensorflow/tfjs-core';
import { BLOCK, padToBlocks } from './padToBlocks.ts';

/**
 * The sum of each row, from `[rows, n]` to `[rows, 1]`, by blocked summation: tfjs adds in float32, on wasm
 * one term after another, and is 1 % off for a million equal terms.
 */
export function rowTotals(t: Tensor): Tensor {
  const [rows, n] = t.shape as [number, number];
  if (n <= BLOCK) return sum(t, 1, true);
  const blocks = reshape(padToBlocks(t, 0), [-1, BLOCK]);
  return rowTotals(reshape(sum(blocks, 1), [rows, -1]));
}
