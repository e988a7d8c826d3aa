import * as tf from '@tensorflow/tfjs';
import { checkGrads, median } from '../src/index.ts';

describe('median', () => {
  it('is the middle entry, or the mean of the middle two', () => {
    expect(median([5, 1, 3])).toEqualTensor(3);
    expect(median([4, 1, 3, 2])).toEqualTensor(2.5);
    expect(median([[1, 5], [3, 7], [2, 0]], 0)).toEqualTensor([2, 5]); // prettier-ignore
    expect(median([[1, 5], [3, 7], [2, 0]])).toEqualTensor(2.5); // prettier-ignore
  });

  it('is the mean of two infinities, and of numbers as far apart and as small as float32 allows', () => {
    expect(median([1, Infinity])).toEqualTensor(Infinity);
    expect(median([1, Infinity, Infinity, Infinity])).toEqualTensor(Infinity);
    expect(median([-Infinity, 1])).toEqualTensor(-Infinity);
    expect(median([-Infinity, Infinity])).toEqualTensor(NaN);
    expect(median([-3e38, 3e38])).toEqualTensor(0);
    expect(median([2 ** 127, 2 ** 127])).toEqualTensor(2 ** 127);
    for (const i of [1, 3])
      expect(median([i * 2 ** -149, i * 2 ** -149])).toEqualTensor(i * 2 ** -149);
  });

  it('has gradients that checkGrads confirms, to order 2', () => {
    expect(checkGrads((x: tf.Tensor) => median(x).square(), [[3, 1, -2, 2.5]]).failures).toBe(0);
  });

  it('passes on an infinite gradient', () => {
    const x = tf.tensor1d([1, 3]);
    expect(tf.grad((x) => median(x))(x, tf.scalar(Infinity))).toEqualTensor([Infinity, Infinity]);
  });

  it('is NaN where an entry is', () => {
    expect(median([[1, NaN], [1, 2]], 1)).toEqualTensor([NaN, 1.5]); // prettier-ignore
  });

  it('takes null for no axis, as NumPy takes None', () => {
    expect(median([[1, 5], [3, 7], [2, 0]], null)).toEqualTensor(2.5); // prettier-ignore
  });

  it('names itself in errors', () => {
    expect(() => median([])).toThrow('median: x must have entries, got [0]');
    expect(() => median([1], 1)).toThrow('median: axis must be an integer in [-1, 0], got 1');
    expect(() => median(3, 0)).toThrow(
      'median: with an axis, x must be of rank 1 or higher, got a scalar',
    );
  });
});
