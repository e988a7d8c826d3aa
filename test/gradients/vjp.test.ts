import * as tf from '@tensorflow/tfjs';
import { vjp } from '../../src/gradients/vjp.ts';

describe('vjp', () => {
  it('is dyᵀ ∂f/∂x for each input, where f uses it, and zero where not', () => {
    const [a, b, c] = [tf.tensor1d([1, 2]), tf.scalar(3), tf.ones([2, 0])];
    const products = vjp((a, b) => a.mul(b), [a, b, c], tf.tensor1d([10, 20]));
    expect(products.slice(0, 2).map((p) => p.arraySync())).toEqual([[30, 60], 50]);
    expect(products[2].shape).toEqual([2, 0]);
  });

  it('frees tfjs’s tape where a rule throws, and leaves an outer one alone', () => {
    const x = tf.tensor1d([1, 2]);
    const broken = (x: tf.Tensor) =>
      tf.tidy(() => vjp((x) => x.square().cumprod(), [x], tf.ones([2]))[0]);
    const before = tf.memory().numTensors;
    expect(() => broken(x)).toThrow('Cumprod');
    expect(tf.memory().numTensors).toBe(before);

    const recovered = (x: tf.Tensor) => {
      const y = x.square();
      expect(() => broken(x)).toThrow('Cumprod');
      return y.mul(x).sum();
    };
    expect(tf.grad(recovered)(x).arraySync()).toEqual([3, 12]);
  });
});
