import { util } from '@tensorflow/tfjs-core';
import { formatShape } from './formatShape.ts';
import { formatValue } from './formatValue.ts';

/** The i-th entry, in row-major order, of a tensor of this shape, and where it is: "5 at [1,0]". */
export function formatEntry(value: unknown, i: number, shape: number[]): string {
  const position = util.indexToLoc(i, shape.length, util.computeStrides(shape));
  return `${formatValue(value)} at ${formatShape(position)}`;
}
