import * as tf from '@tensorflow/tfjs';
import { swapAxes } from '../../src/kernels/swapAxes.ts';

describe('swapAxes', () => {
  const x = tf.tensor3d([0, 1, 2, 3, 4, 5], [1, 2, 3], 'int32');
  const swapped = [
    [[0], [3]],
    [[1], [4]],
    [[2], [5]],
  ];

  it('exchanges two axes, and leaves a tensor alone where they are one', () => {
    expect(swapAxes(x, 0, 2).arraySync()).toEqual(swapped);
    expect(swapAxes(x, 1, 1)).toBe(x);
  });

  it('exchanges the axes of an empty tensor', () => {
    expect(swapAxes(tf.zeros([2, 0, 3]), 1, 2).shape).toEqual([2, 3, 0]);
  });
});
