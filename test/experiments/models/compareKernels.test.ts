import * as tf from '@tensorflow/tfjs';
import { compareKernels } from '../../../experiments/models/compareKernels.ts';

/** A model of one operation: top-k. */
const modelOf = (topk: (x: tf.Tensor) => tf.Tensor[]) => ({
  model: { execute: topk } as unknown as tf.GraphModel,
  isDynamic: false,
});

describe('compareKernels', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it('counts the entries whose bits differ: the stock kernel of cpu does not order NaN', async () => {
    const images = [tf.tensor1d([1, 2, 3]), tf.tensor1d([NaN, 1, 5, NaN, 3, 2, 9, NaN])];
    const model = modelOf((x) => [tf.topk(x, 3).values]);
    const equal = await compareKernels(model, images.slice(0, 1), 0);
    expect(equal).toMatchObject({ entries: 3, differing: 0 });
    const { entries, differing } = await compareKernels(model, images, 0);
    expect(entries).toBe(6);
    expect(differing).toBeGreaterThan(0);
  });

  it('leaves the stock kernel and no tensor behind', async () => {
    const stock = tf.getKernel('TopK', 'cpu').kernelFunc;
    const images = [tf.tensor1d([1, 2, 3])];
    const before = tf.memory().numTensors;
    await compareKernels(
      modelOf((x) => tf.tidy(() => [tf.topk(x, 3).values])),
      images,
      0,
    );
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getKernel('TopK', 'cpu').kernelFunc).toBe(stock);
  });
});
