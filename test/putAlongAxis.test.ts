import * as tf from '@tensorflow/tfjs';
import { checkGrads, putAlongAxis, takeAlongAxis } from '../src/index.ts';

describe('putAlongAxis', () => {
  it('adds the values at the indices, and those at the same one up', () => {
    expect(putAlongAxis([1, 2, 4], [3, 0, 3], 5)).toEqualTensor([2, 0, 0, 5, 0]);
    expect(putAlongAxis([[1, 2]], [[1, 0]], 2, 0)).toEqualTensor([
      [0, 2],
      [1, 0],
    ]);
  });

  it('is the transpose of takeAlongAxis: ⟨put(v), x⟩ = ⟨v, take(x)⟩', () => {
    for (const axis of [0, 1, 2]) {
      const shape = [4, 5, 3];
      const x = tf.randomUniform(shape, -8, 8, 'int32', 1);
      shape[axis] = 6;
      const v = tf.randomUniform(shape, -8, 8, 'int32', 2);
      const indices = tf.randomUniform(shape, 0, x.shape[axis] ?? 0, 'int32', 3);
      const put = putAlongAxis(v, indices, x.shape[axis] ?? 0, axis);
      expect(put.mul(x).sum()).toEqualTensor(v.mul(takeAlongAxis(x, indices, axis)).sum());
    }
  });

  it('has gradients that checkGrads confirms, where indices repeat', () => {
    const squares = (v: tf.Tensor) => putAlongAxis(v, [[2, 2], [0, 1]], 3).square().sum(); // prettier-ignore
    expect(checkGrads(squares, [[[1, 2], [3, 4]]]).failures).toBe(0); // prettier-ignore
  });

  it('wraps integers at 2³², as tfjs’s addition does', () => {
    const large = tf.tensor1d([2 ** 31 - 1, 1], 'int32');
    expect(putAlongAxis(large, [1, 1], 2)).toEqualTensor([0, -(2 ** 31)]);
  });

  it.each<[unknown, unknown, unknown, number | undefined, string]>([
    [1, [0], 2, 0, 'putAlongAxis: values must be of rank 1 or higher, got a scalar'],
    [[1, 2], [0], 2, 0, 'putAlongAxis: indices must be of the shape of values, [2], got [1]'],
    [[1], [0], 0.5, 0, 'putAlongAxis: n must be an integer in [0, 2^31 - 1], got 0.5'],
    [[1], [0], 2 ** 33, 0, 'putAlongAxis: n must be an integer in [0, 2^31 - 1], got 8589934592'],
    [[1], [0], -1, 0, 'putAlongAxis: n must be an integer in [0, 2^31 - 1], got -1'],
    [[1], [0], undefined, 0, 'putAlongAxis: n must be an integer in [0, 2^31 - 1], got undefined'],
    [[1], [0], 0, 0, 'putAlongAxis: indices must be in [0, 0), got 0'],
    [[1], [0], 2, 1, 'putAlongAxis: axis must be an integer in [-1, 0], got 1'],
    [[1], tf.ones([1]), 2, 0, 'putAlongAxis: indices must be int32, got float32'],
  ])('refuses values = %s, indices = %s, n = %s, axis %s', (values, indices, n, axis, message) => {
    const call = () => putAlongAxis(values as number[], indices as number[], n as number, axis);
    expect(call).toThrow(message);
  });
});
