import * as tf from '@tensorflow/tfjs';
import { readDigits } from '../../../experiments/cli/readDigits.ts';

describe('readDigits', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('reads images of digits with entries in [0, 1], which take turns', () => {
    const images = readDigits(40, 2);
    expect(images.shape).toEqual([40, 784]);
    expect([images.min(), images.max()].map((t) => t.dataSync()[0])).toEqual([0, 1]);
    // A one has less ink than a zero.
    const ink = images.sum(1).reshape([20, 2]).mean(0).dataSync();
    expect(ink[0]).toBeGreaterThan(1.5 * ink[1]);
  });
});
