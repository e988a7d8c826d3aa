import type { Tensor } from '@tensorflow/tfjs-core';
import { swapAxes } from '../kernels/swapAxes.ts';

/** What a function of the last axis makes of another axis: that is exchanged with the last, before and after. */
export function alongLast(x: Tensor, axis: number, f: (x: Tensor) => Tensor): Tensor {
  const last = x.rank - 1;
  return swapAxes(f(swapAxes(x, axis, last)), axis, last);
}
