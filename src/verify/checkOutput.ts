import { Tensor } from '@tensorflow/tfjs-core';
import { shown } from '../shown.ts';

/** What f returned, if it is a tensor of float32; throws an error that names `fn` otherwise. */
export function checkOutput(y: unknown, fn: string): Tensor {
  if (!(y instanceof Tensor)) throw new Error(`${fn}: f must return a tensor, got ${shown(y)}`);
  if (y.dtype !== 'float32') throw new Error(`${fn}: f must return float32, got ${y.dtype}`);
  return y as Tensor;
}
