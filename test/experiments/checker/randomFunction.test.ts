import * as tf from '@tensorflow/tfjs';
import { randomFunction } from '../../../experiments/checker/randomFunction.ts';
import { seededRandom } from '../../../experiments/checker/seededRandom.ts';
import { withFault } from '../../../experiments/checker/withFault.ts';

describe('randomFunction', () => {
  it('has slopes of the order of its values over the size of its features', () => {
    for (const feature of [1, 1 / 300]) {
      const ratios = Array.from({ length: 50 }, (_, seed) => {
        const { f, x } = randomFunction(feature, seededRandom(seed));
        const slopes = tf.grad(f)(tf.tensor(x)).dataSync();
        const values = x.map((xi, i) => Math.abs(slopes[i] * feature * xi));
        return Math.max(...values) / Math.abs(f(tf.tensor(x)).dataSync()[0]);
      }).sort((a, b) => a - b);
      expect(ratios[25]).toBeGreaterThan(0.1);
      expect(ratios[25]).toBeLessThan(10);
    }
  });

  it('spans 16 orders of magnitude, and is the same for the same seed', () => {
    const sizes = Array.from({ length: 100 }, (_, seed) =>
      Math.log10(Math.abs(randomFunction(1, seededRandom(seed)).x[0])),
    );
    expect(Math.min(...sizes)).toBeLessThan(-7);
    expect(Math.max(...sizes)).toBeGreaterThan(7);
    expect(randomFunction(1, seededRandom(3)).x).toEqual(randomFunction(1, seededRandom(3)).x);
  });
});

describe('withFault', () => {
  it('multiplies the gradient, and leaves the values', () => {
    const f = withFault((x) => x.square().sum(), [1, 2]);
    expect(f(tf.tensor([3, 5]))).toEqualTensor(34);
    expect(tf.grad(f)(tf.tensor([3, 5]))).toEqualTensor([6, 20]);
  });
});
