import * as tf from '@tensorflow/tfjs';
import { timeKernel } from '../../../experiments/models/timeKernel.ts';

describe('timeKernel', () => {
  it('returns the result and the times, and puts the kernel back', async () => {
    await tf.setBackend('cpu');
    const stock = tf.getKernel('TopK', 'cpu');
    const x = tf.randomNormal([100_000]);
    const { result, kernel, total } = await timeKernel('TopK', () =>
      Promise.resolve(tf.topk(x, 1).values.dataSync()[0]),
    );
    expect(result).toBe(x.max().dataSync()[0]);
    expect(kernel).toBeGreaterThan(0);
    expect(kernel).toBeLessThan(total);
    expect(tf.getKernel('TopK', 'cpu')).toBe(stock);
  });

  it('puts it back if the run throws', async () => {
    const stock = tf.getKernel('TopK', 'cpu');
    const failing = timeKernel('TopK', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(tf.getKernel('TopK', 'cpu')).toBe(stock);
  });
});
