import * as tf from '@tensorflow/tfjs';
import { swapAxes } from '../../src/util/swapAxes.ts';

/** On a backend named webgpu: cpu’s kernels, but with a Transpose that fails where webgpu’s does. */
async function onWebgpu(run: () => void): Promise<void> {
  const cpu = tf.findBackend('cpu');
  tf.registerBackend('webgpu', () => cpu);
  tf.copyRegisteredKernels('cpu', 'webgpu');
  const { kernelFunc } = tf.getKernel(tf.Transpose, 'cpu');
  tf.unregisterKernel(tf.Transpose, 'webgpu');
  tf.registerKernel({
    kernelName: tf.Transpose,
    backendName: 'webgpu',
    kernelFunc: (params) => {
      const { x } = params.inputs as { x: tf.TensorInfo };
      if (x.dtype === 'int32' && x.shape.length > 2) throw new Error('it would give zeros');
      return kernelFunc(params);
    },
  });
  await tf.setBackend('webgpu');
  try {
    run();
  } finally {
    await tf.setBackend('cpu');
    for (const { kernelName } of tf.getKernelsForBackend('webgpu')) {
      tf.unregisterKernel(kernelName, 'webgpu');
    }
  }
}

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

  it('transposes integers of rank 3 on webgpu as floats, which its kernel needs', async () => {
    await onWebgpu(() => {
      const y = swapAxes(x, 0, 2);
      expect(y.dtype).toBe('int32');
      expect(y.arraySync()).toEqual(swapped);
    });
  });

  it('transposes all else with one kernel', async () => {
    const kernelsOf = (x: tf.Tensor) => {
      const runKernel = jest.spyOn(tf.engine(), 'runKernel');
      swapAxes(x, 0, 1);
      const used = runKernel.mock.calls.map(([name]) => name);
      runKernel.mockRestore();
      return used;
    };
    const ones = (rank: number, dtype: tf.DataType) => tf.ones(Array<number>(rank).fill(2), dtype);
    await onWebgpu(() => {
      const [matrix, floats] = [ones(2, 'int32'), ones(3, 'float32')];
      expect([kernelsOf(matrix), kernelsOf(floats)]).toEqual([[tf.Transpose], [tf.Transpose]]);
    });
    expect(kernelsOf(x)).toEqual([tf.Transpose]);
  });
});
