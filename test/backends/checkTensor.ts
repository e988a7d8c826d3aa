import * as tf from '@tensorflow/tfjs';
import { entriesOf, type Entries, type TensorOrArray } from '../matchers/entriesOf.ts';
import { tensorMismatch, type Tolerance } from '../matchers/tensorMismatch.ts';

/**
 * Throws unless shapes and entries are equal, or closer than the tolerance: the matcher toBeCloseToTensor
 * where Jest is absent. Asynchronous, since webgpu has no reliable synchronous read.
 */
export async function checkTensor(
  actual: TensorOrArray,
  expected: TensorOrArray,
  { of = 'result', tolerance = 0 }: { of?: string; tolerance?: Tolerance } = {},
): Promise<void> {
  const mismatch = tensorMismatch(await read(actual), await read(expected), tolerance);
  if (mismatch !== undefined) throw new Error(`${of}: ${mismatch}`);
}

async function read(x: TensorOrArray): Promise<Entries> {
  return x instanceof tf.Tensor ? { shape: x.shape, data: await x.data() } : entriesOf(x);
}
