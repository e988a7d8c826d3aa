import * as tf from '@tensorflow/tfjs';

/** f with a gradient that is wrong by a factor in each entry: f after an identity with a wrong rule. */
export function withFault(
  f: (x: tf.Tensor) => tf.Tensor,
  factors: number[],
): (x: tf.Tensor) => tf.Tensor {
  const identity = tf.customGrad((x) => ({
    value: (x as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => dy.mul(factors),
  }));
  return (x) => f(identity(x));
}
