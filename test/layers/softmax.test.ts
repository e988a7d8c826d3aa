import * as tf from '@tensorflow/tfjs';
import { checkGrads } from '../../src/index.ts';
import { softmax } from '../../src/layers/softmax.ts';

describe('softmax(x)', () => {
  const x = tf.tensor2d([[1, 0.5, -1], [2, 2, 0]]); // prettier-ignore

  it('is that of tfjs, with the same gradient', () => {
    expect(softmax(x)).toEqualTensor(tf.softmax(x));
    const weights = tf.tensor1d([1, -2, 3]);
    const [ours, theirs] = [softmax, tf.softmax].map((f) =>
      tf.grad((x) => f(x).mul(weights).sum())(x),
    );
    expect(ours).toBeCloseToTensor(theirs, 1e-6);
  });

  it('has the gradients of orders 2 and 3 that differences of the one before have', () => {
    const loss = (x: tf.Tensor) => softmax(x).square().sum();
    expect(checkGrads(loss, [x]).failures).toBe(0);
    expect(checkGrads((x: tf.Tensor) => tf.grad(loss)(x), [x]).failures).toBe(0);
  });

  it('leaks no tensors', () => {
    const before = tf.memory().numTensors;
    const second = tf.grad((x) =>
      tf
        .grad((x) => softmax(x).square().sum())(x)
        .sum(),
    );
    second(x).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
