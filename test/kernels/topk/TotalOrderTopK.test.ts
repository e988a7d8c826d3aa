import * as tf from '@tensorflow/tfjs';
import { topkOnCpu } from '../../../src/kernels/topk/topkOnCpu.ts';
import { topkOnGpu } from '../../../src/kernels/topk/topkOnGpu.ts';
import { provideTotalOrderTopK } from '../../../src/kernels/topk/TotalOrderTopK.ts';

describe('provideTotalOrderTopK', () => {
  it.each([
    ['cpu', topkOnCpu],
    ['webgl', topkOnGpu],
    ['webgpu', topkOnGpu],
    ['another', topkOnCpu],
  ])('registers for %s the kernel that fits it', async (name, kernelFunc) => {
    const known = tf.findBackend('cpu');
    if (name !== 'cpu') tf.registerBackend(name, () => known);
    await tf.setBackend(name);
    provideTotalOrderTopK();
    expect(tf.getKernel('TotalOrderTopK', name).kernelFunc).toBe(kernelFunc);
    await tf.setBackend('cpu');
  });
});
