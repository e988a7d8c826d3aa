import * as tf from '@tensorflow/tfjs';
import { checkGrads, putAlongAxis, takeAlongAxis } from '../src/index.ts';

const x = tf.tensor2d([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('takeAlongAxis', () => {
  it('takes arrays, typed arrays and tensors', () => {
    expect(takeAlongAxis([3, 1, 2], Int32Array.of(2, 0))).toEqualTensor([2, 3]);
    expect(takeAlongAxis(x, [[2], [0]])).toEqualTensor([[3], [4]]);
    expect(takeAlongAxis(x, [[1, 0, 1]], 0)).toEqualTensor([[4, 2, 6]]);
  });

  it('has gradients that checkGrads confirms, where indices repeat', () => {
    const squares = (x: tf.Tensor) => takeAlongAxis(x, [[2, 2], [0, 1]]).square().sum(); // prettier-ignore
    expect(checkGrads(squares, [x]).failures).toBe(0);
  });

  it.each<[unknown, unknown, number | undefined, string]>([
    [1, [0], 0, 'takeAlongAxis: x must be of rank 1 or higher, got a scalar'],
    [x, [[0], [0]], 2, 'takeAlongAxis: axis must be an integer in [-2, 1], got 2'],
    [x, [[0], [0]], 0.5, 'takeAlongAxis: axis must be an integer in [-2, 1], got 0.5'],
    [x, [0], 1, 'takeAlongAxis: indices must be of shape [2,k] for x [2,3], got [1]'],
    [x, [[0]], 1, 'takeAlongAxis: indices must be of shape [2,k] for x [2,3], got [1,1]'],
    [x, [[0, 1]], 0, 'takeAlongAxis: indices must be of shape [k,3] for x [2,3], got [1,2]'],
    [
      x,
      [[0.5]],
      1,
      'takeAlongAxis: indices must be a tensor or an array of int32 integers, got 0.5',
    ],
    [
      x,
      [[2 ** 32]],
      1,
      'takeAlongAxis: indices must be a tensor or an array of int32 integers, got 4294967296',
    ],
    [x, tf.ones([2, 1]), 1, 'takeAlongAxis: indices must be int32, got float32'],
    ['a', [0], 0, 'takeAlongAxis: x must be a tensor or an array of numbers, got "a"'],
  ])('refuses x = %s, indices = %s, axis %s', (x, indices, axis, message) => {
    expect(() => takeAlongAxis(x as tf.Tensor, indices as tf.Tensor, axis)).toThrow(message);
  });
});

describe('takeAlongAxis after putAlongAxis', () => {
  it('is the identity where no index repeats', () => {
    const values = tf.randomNormal([5, 4], 0, 1, 'float32', 1);
    const indices = tf.tensor2d([[3, 1, 0, 6]], [1, 4], 'int32').tile([5, 1]);
    expect(takeAlongAxis(putAlongAxis(values, indices, 7), indices)).toEqualTensor(values);
  });
});
