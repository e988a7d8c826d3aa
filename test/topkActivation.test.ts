import * as tf from '@tensorflow/tfjs';
import { checkGrads, topkActivation, type TopkActivationOptions } from '../src/index.ts';

describe('topkActivation', () => {
  it('has gradients that checkGrads confirms, to order 2', () => {
    const x = tf.tensor2d([[3, 1, -2, 2], [0.5, -1, 4, 1.5]]); // prettier-ignore
    for (const options of [{}, { axis: 0 }, { largest: false }] as TopkActivationOptions[]) {
      const k = options.axis === 0 ? 1 : 2;
      const cubes = (x: tf.Tensor) => topkActivation(x, k, options).pow(3).sum(); // prettier-ignore
      expect(checkGrads(cubes, [x], { order: 1 }).failures).toBe(0);
      const squares = (x: tf.Tensor) => topkActivation(x, k, options).square().sum();
      expect(checkGrads(squares, [x], { order: 2 }).failures).toBe(0);
    }
  });

  it.each<[unknown, unknown, unknown, string]>([
    [1, 1, {}, 'topkActivation: x must be of rank 1 or higher, got a scalar'],
    [[1, 2], 3, {}, 'topkActivation: k must be an integer in [0, 2], got 3'],
    [[1, 2], 1.5, {}, 'topkActivation: k must be an integer in [0, 2], got 1.5'],
    [[1, 2], 1, { axis: 1 }, 'topkActivation: axis must be an integer in [-1, 0], got 1'],
    [[1, 2], 1, { largest: 1 }, 'topkActivation: largest must be a boolean, got 1'],
    [
      [1, 2],
      1,
      { sorted: true },
      'topkActivation: options must be among axis, largest, tieGradient, got "sorted"',
    ],
    [
      [1, 2],
      1,
      { tieGradient: 'all' },
      "topkActivation: tieGradient must be one of 'first', 'even', got \"all\"",
    ],
  ])('refuses x = %j, k = %s, options %j', (x, k, options, message) => {
    const call = () => topkActivation(x as number[], k as number, options as object);
    expect(call).toThrow(message);
  });
});
