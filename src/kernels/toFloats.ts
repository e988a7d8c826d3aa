import { cast, type Tensor } from '@tensorflow/tfjs-core';
import { checkDataDtype } from './checkDataDtype.ts';

/** x as float32; x itself, if it is that, for a cast copies on wasm. @param name of x, for errors. */
export function toFloats(x: Tensor, name: string): Tensor {
  if (x.dtype === 'float32') return x;
  checkDataDtype(x, name); // the cast would misread them
  return cast(x, 'float32');
}
