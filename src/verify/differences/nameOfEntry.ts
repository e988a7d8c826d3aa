import { util } from '@tensorflow/tfjs-core';

/** "x[1,3]" for the flat index 7 in x of shape [2,4]; "x" for a scalar. */
export function nameOfEntry(x: string, shape: number[], index: number): string {
  if (shape.length === 0) return x;
  return `${x}[${String(util.indexToLoc(index, shape.length, util.computeStrides(shape)))}]`;
}
