import * as tf from '@tensorflow/tfjs';
import { rowSparseGrads, topkLinear } from '../../src/index.ts';
import type { Contender } from './Contender.ts';
import { inputs } from './inputs.ts';
import { memoryReader } from './memoryReader.ts';
import { oneHotLoss } from './oneHotLoss.ts';
import type { Task } from './Task.ts';

/**
 * The row-sparse and the dense gradient of Σ topk(Wx)², and what they are compared with. Not on
 * cpu, where they would take minutes; on tensorflow only for a batch.
 */
export function gradientContenders({ rows, n, d, k }: Task, backend: string): Contender[] {
  if (backend === 'cpu' || (backend === 'tensorflow' && rows === 0)) return [];
  const W = tf.tensor2d(inputs(n * d, 'random', 'float32', 1), [n, d]);
  const xs = inputs(Math.max(1, rows) * d, 'random', 'float32', 2);
  const x = tf.tensor(xs, rows > 0 ? [rows, d] : [d]);

  /** The loss, uᵀ dW w for random u and w, which depends on every entry of dW, and dx. */
  const result = (value: tf.Tensor, dW: tf.Tensor, dx: tf.Tensor) => {
    const [u, w] = [n, d].map((size) => tf.tensor1d(inputs(size, 'random', 'float32', 3)));
    const sum = tf.dot(u, tf.dot(dW, w));
    return [value, sum, dx].flatMap((t) => Array.from(t.dataSync()));
  };
  const forward = (name: string, run: () => tf.TensorContainer): Contender => ({
    name: `${name}, ${backend}`,
    backend,
    run() {
      tf.dispose(run());
    },
  });
  const dense = (name: string, loss: (W: tf.Tensor, x: tf.Tensor) => tf.Scalar): Contender => ({
    ...forward(name, () => tf.grads(loss)([W, x])),
    find: () =>
      tf.tidy(() => {
        const { value, grads } = tf.valueAndGrads(loss)([W, x]);
        return result(value, grads[0], grads[1]);
      }),
  });
  const squares = (values: tf.Tensor): tf.Scalar => values.square().sum();
  const sparse = () => rowSparseGrads(W, x, k, squares);
  const ofTfjs =
    rows > 0
      ? [forward('tfjs, xWᵀ and topk', () => tf.topk(tf.transpose(tf.dot(W, tf.transpose(x))), k))]
      : [
          dense('tfjs, one-hot gradient', oneHotLoss(k)),
          forward('tfjs, Wx alone', () => tf.dot(W, x)),
        ];
  return [
    forward('topk(Wx) alone', () => topkLinear(W, x, k)),
    {
      ...forward('row-sparse gradient', () => sparse() as object as tf.TensorContainerObject),
      find: () =>
        tf.tidy(() => {
          const { value, dW, dx } = sparse();
          return result(value, dW.dense(), dx);
        }),
    },
    dense('dense gradient', (W, x) => squares(topkLinear(W, x, k).values)),
    ...ofTfjs,
    ...memoryReader(W, 'one read of W'),
  ];
}
