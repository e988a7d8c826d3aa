import type * as tf from '@tensorflow/tfjs';

type Nested = number | Nested[];

/** The entries of a tensor; asynchronously, since webgpu has no reliable synchronous read. */
export const read = (x: tf.Tensor): Promise<Nested> => x.array();
