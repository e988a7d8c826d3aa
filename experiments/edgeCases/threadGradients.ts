import * as tf from '@tensorflow/tfjs';
import { topk } from '../../src/index.ts';
import thread from '../thread.json';

/** dL/dW and dL/dx for the thread's W and x, on the current backend. */
export function threadGradients(): tf.Tensor[] {
  const loss = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), thread.k).values.square().sum();
  return tf.grads(loss)([tf.tensor2d(thread.W), tf.tensor1d(thread.x)]);
}
