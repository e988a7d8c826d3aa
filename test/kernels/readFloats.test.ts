import * as tf from '@tensorflow/tfjs';
import { readFloats } from '../../src/kernels/readFloats.ts';

describe('readFloats', () => {
  it('reads floats, in place, and what a cast on cpu left as integers', async () => {
    await tf.setBackend('cpu');
    const floats = tf.tensor1d([1.5, -2]);
    expect(readFloats(floats)).toBe(floats.dataSync());
    const cast = tf.tensor1d([1, -2], 'int32').toFloat();
    expect(readFloats(cast)).toEqual(Float32Array.of(1, -2));
  });
});
