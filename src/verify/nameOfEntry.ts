import { util } from '@tensorflow/tfjs-core';
import type { Combination } from './combine.ts';

/** "x[1,3]", "x" for a scalar, or "a combination of x". */
export function nameOfEntry(x: string, entry: Combination, shape: number[]): string {
  if ('weights' in entry) return `a random combination of ${x}`;
  if (shape.length === 0) return x;
  return `${x}[${String(util.indexToLoc(entry.at, shape.length, util.computeStrides(shape)))}]`;
}
