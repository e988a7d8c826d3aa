import * as tf from '@tensorflow/tfjs';
import '../../src/index.ts';

const indices = tf.tensor2d([[4], [1], [4]], [3, 1], 'int32');

describe('the gradient of ScatterNd', () => {
  it('gathers at the indices, so that each update gets the entry it was written to', () => {
    const scatter = (updates: tf.Tensor) => tf.scatterND(indices, updates, [6]);
    const upstream = tf.tensor1d([10, 11, 12, 13, 14, 15]);
    expect(
      tf
        .grad(scatter)(tf.tensor1d([1, 2, 3]), upstream)
        .arraySync(),
    ).toEqual([14, 11, 14]);
  });

  it('carries whole rows where the updates are rows', () => {
    const scatter = (updates: tf.Tensor) => tf.scatterND([[2], [0]], updates, [3, 2]);
    const upstream = tf.tensor2d([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(
      tf
        .grad(scatter)(tf.ones([2, 2]), upstream)
        .arraySync(),
    ).toEqual([
      [5, 6],
      [1, 2],
    ]);
  });

  it('leaves indices that depend on the input without a gradient', () => {
    const f = (x: tf.Tensor) => {
      const { values, indices } = tf.topk(x, 2);
      return tf.scatterND(indices.expandDims(1), values, [3]).square().sum();
    };
    expect(
      tf
        .grad(f)(tf.tensor1d([3, 1, 2]))
        .arraySync(),
    ).toEqual([6, 0, 4]);
  });

  it('differentiates twice', () => {
    // f = Σ scatter(u)³ with u₀ and u₂ in one place: f″ along (1, 1, 1) is 6 (u₀ + u₂) · 2, 6 u₁, …
    const f = (u: tf.Tensor) => {
      const s = tf.scatterND(indices, u, [6]);
      return s.mul(s).mul(s).sum();
    };
    const second = tf.grad((u) => tf.grad(f)(u).sum());
    expect(second(tf.tensor1d([1, 2, 3])).arraySync()).toEqual([48, 12, 48]);
  });
});
