import * as tf from '@tensorflow/tfjs';
import { topk } from '../../src/index.ts';

describe('the gradient of GatherNd', () => {
  it('scatters, and sums what was gathered more than once', () => {
    const gather = (x: tf.Tensor) => tf.gatherND(x, tf.tensor2d([[2], [0], [2]], [3, 1], 'int32'));
    const upstream = tf.tensor1d([1, 10, 100]);
    expect(
      tf
        .grad(gather)(tf.tensor1d([5, 6, 7]), upstream)
        .arraySync(),
    ).toEqual([10, 0, 101]);
  });

  it('differentiates twice', () => {
    const f = (x: tf.Tensor) => {
      const g = tf.gatherND(x, tf.tensor2d([[2], [0]], [2, 1], 'int32'));
      return g.mul(g).mul(g).sum();
    };
    const second = tf.grad((x) => tf.grad(f)(x).sum());
    expect(second(tf.tensor1d([1, 2, 3])).arraySync()).toEqual([6, 0, 18]);
  });

  it('equals the gradient of the values when it gathers at top-k’s indices', () => {
    const byIndex = (x: tf.Tensor) =>
      tf.gatherND(x, topk(x, 2).indices.expandDims(1)).square().sum();
    expect(
      tf
        .grad(byIndex)(tf.tensor1d([3, 1, 2]))
        .arraySync(),
    ).toEqual([6, 0, 4]);
  });
});
