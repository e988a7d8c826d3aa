import type * as tf from '@tensorflow/tfjs';
import { topk, type TopkOptions } from '../../src/index.ts';
import type { TensorOrArray } from '../matchers/entriesOf.ts';
import { checkTensor } from './checkTensor.ts';

/** Throws unless topk has these values and these indices, where given. */
export async function checkTopk(
  x: tf.Tensor | tf.TensorLike,
  k: number,
  expected: { values?: TensorOrArray; indices?: TensorOrArray },
  options?: TopkOptions,
): Promise<void> {
  const { values, indices } = topk(x, k, options);
  if (expected.values !== undefined) await checkTensor(values, expected.values, { of: 'values' });
  if (expected.indices !== undefined) {
    await checkTensor(indices, expected.indices, { of: 'indices' });
  }
}
