import type { Tensor } from '@tensorflow/tfjs-core';
import { checkEntries } from './checkEntries.ts';

/** Throws unless each index is in [0, n). Reads them. */
export function checkIndices(indices: Tensor, n: number): void {
  const isInRange = (i: number) => i >= 0 && i < n;
  const data = indices.dataSync<'int32'>();
  checkEntries(data, indices.shape, 'indices', `be in [0, ${String(n)})`, isInRange);
}
