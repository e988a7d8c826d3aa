import { Tensor } from '@tensorflow/tfjs-core';
import { formatValue } from '../util/formatValue.ts';

/** What a function returned, if it is a tensor of float32; else throws, and names it and `fn`. */
export function checkOutput(y: unknown, fn: string, name = 'f'): Tensor {
  const refuse = (what: string, got: string): never => {
    throw new Error(`${fn}: ${name} must return ${what}, got ${got}`);
  };
  if (!(y instanceof Tensor)) return refuse('a tensor', formatValue(y));
  if (y.isDisposed) return refuse('a tensor that is not disposed', 'a disposed one');
  if (y.dtype !== 'float32') return refuse('float32', y.dtype);
  return y as Tensor;
}
