import { util } from '@tensorflow/tfjs-core';
import { formatShape } from './formatShape.ts';
import { formatValue } from './formatValue.ts';

/** The i-th entry, in row-major order, of a tensor of this shape, and where it is: "5 at [1,0]"; a scalar alone. */
export function formatEntry(value: unknown, i: number, shape: number[]): string {
  if (shape.length === 0) return formatValue(value);
  const position = util.indexToLoc(i, shape.length, util.computeStrides(shape));
  return `${formatValue(value)} at ${formatShape(position)}`;
}
