import * as tf from '@tensorflow/tfjs';
import { topkOfRows } from '../../src/kernels/topkOfRows.ts';
import { topkOnGpu } from '../../src/kernels/topkOnGpu.ts';
import { provideTotalOrderTopK } from '../../src/kernels/totalOrderTopK.ts';

describe('provideTotalOrderTopK', () => {
  it.each([
    ['cpu', topkOfRows],
    ['webgl', topkOnGpu],
    ['webgpu', topkOnGpu],
    ['another', topkOfRows],
  ])('registers for %s the kernel that fits it', async (name, kernelFunc) => {
    const known = tf.findBackend('cpu');
    if (name !== 'cpu') tf.registerBackend(name, () => known);
    await tf.setBackend(name);
    provideTotalOrderTopK();
    expect(tf.getKernel('TotalOrderTopK', name).kernelFunc).toBe(kernelFunc);
    await tf.setBackend('cpu');
  });
});
