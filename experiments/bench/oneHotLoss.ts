import * as tf from '@tensorflow/tfjs';

/** Σ topk(Wx)² through an explicit selection matrix, which tfjs alone can differentiate. */
export function oneHotLoss(k: number) {
  return (W: tf.Tensor, x: tf.Tensor): tf.Scalar => {
    const y = tf.dot(W, x);
    const P = tf.oneHot(tf.topk(y, k).indices, y.size).cast('float32');
    return tf.dot(P, y).square().sum();
  };
}
