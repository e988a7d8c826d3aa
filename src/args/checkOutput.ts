import { Tensor } from '@tensorflow/tfjs-core';
import { assertArg } from './check.ts';

/** What the user's function `name` returned, if it is a float32 tensor; else throws. */
export function checkOutput(y: unknown, name = 'f'): Tensor {
  assertArg(y instanceof Tensor, name, 'return a tensor', { value: y });
  assertArg(!y.isDisposed, name, 'return a tensor that is not disposed', 'a disposed one');
  assertArg(y.dtype === 'float32', name, 'return float32', y.dtype);
  return y as Tensor;
}
