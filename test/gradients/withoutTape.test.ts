import * as tf from '@tensorflow/tfjs';
import { withoutTape } from '../../src/gradients/withoutTape.ts';

describe('untaped', () => {
  it('makes a result a constant for every gradient', () => {
    const f = (x: tf.Tensor) =>
      withoutTape(() => x.square())
        .mul(x)
        .sum();
    expect(
      tf
        .grad(f)(tf.tensor1d([3]))
        .arraySync(),
    ).toEqual([9]);
    expect(
      tf
        .grad((x) => x.square().sum())(tf.tensor1d([3]))
        .arraySync(),
    ).toEqual([6]);
  });

  it('lets gradients be taken again after a throw', () => {
    expect(() => withoutTape(() => tf.reshape([1], [2]))).toThrow();
    expect(
      tf
        .grad((x) => x.square().sum())(tf.tensor1d([3]))
        .arraySync(),
    ).toEqual([6]);
  });
});
