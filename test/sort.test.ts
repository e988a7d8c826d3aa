import * as tf from '@tensorflow/tfjs';
import { checkGrads, sort } from '../src/index.ts';

describe('sort', () => {
  it('inverts: taking the sorted values by argsort of argsort gives x', () => {
    const x = tf.randomNormal([1000], 0, 1, 'float32', 1);
    const { values, indices } = sort(x);
    const ranks = sort(indices).indices;
    expect(tf.gather(values, ranks)).toEqualTensor(x);
  });

  it('has gradients that checkGrads confirms, to order 2', () => {
    const weighted = (x: tf.Tensor) => sort(x).values.square().mul([1, -2, 3, 4]).sum();
    expect(checkGrads(weighted, [[3, 1, -2, 2]]).failures).toBe(0);
  });

  it.each<[unknown, unknown, string]>([
    [1, {}, 'sort: x must be of rank 1 or higher, got a scalar'],
    [[1], { axis: 1 }, 'sort: axis must be an integer in [-1, 0], got 1'],
    [[1], { descending: 'yes' }, 'sort: descending must be a boolean, got "yes"'],
    [[1], { largest: true }, 'sort: options must be among axis, descending, got "largest"'],
    [[1], true, 'sort: options must be a plain object, got true'],
    [[true], {}, 'sort: x must be a tensor or an array of numbers, got true'],
  ])('refuses x = %j, options %j', (x, options, message) => {
    expect(() => sort(x as number[], options as object)).toThrow(message);
  });
});
