import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { CheckedInput } from './checkedInput.ts';

/** The inputs, some of which are moved to other points. */
export function movedTo(points: (Float32Array | undefined)[], inputs: CheckedInput[]): Tensor[] {
  return inputs.map(({ x }, a) => (points[a] ? tensor(points[a], x.shape) : x));
}
