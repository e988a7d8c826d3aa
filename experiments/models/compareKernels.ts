import * as tf from '@tensorflow/tfjs';
import { installFastKernels } from '../../src/index.ts';
import { median } from '../bench/median.ts';
import type { HumanModel } from './loadHumanModel.ts';
import { timeKernel } from './timeKernel.ts';

export interface Comparison {
  /** How many numbers the model returned, and how many of them differ in a bit. */
  entries: number;
  differing: number;
  /** Medians in ms: of the kernel, and of the whole run. */
  stock: { kernel: number; total: number };
  fast: { kernel: number; total: number };
}

/**
 * Runs a graph model on images with stock tfjs and with the fast kernels, in turn.
 *
 * @param warmUp how many of the first images are not timed.
 */
export async function compareKernels(
  human: HumanModel,
  images: tf.Tensor[],
  warmUp: number,
): Promise<Comparison> {
  const runs = [];
  for (const image of images) {
    const stock = await run(human, image);
    const remove = installFastKernels();
    try {
      runs.push({ stock, fast: await run(human, image) });
    } finally {
      remove();
    }
  }
  const timed = runs.slice(warmUp);
  const medians = (which: 'stock' | 'fast') => ({
    kernel: median(timed.map((each) => each[which].kernel)),
    total: median(timed.map((each) => each[which].total)),
  });
  const words = runs.flatMap(({ stock, fast }) => stock.result.map((w, i) => [w, fast.result[i]]));
  return {
    entries: words.reduce((sum, [a]) => sum + a.length, 0),
    differing: words.reduce((sum, [a, b]) => sum + countDiffering(a, b), 0),
    stock: medians('stock'),
    fast: medians('fast'),
  };
}

/** The bits of all outputs, and the times. */
function run({ model, isDynamic }: HumanModel, image: tf.Tensor) {
  return timeKernel('TopK', async () => {
    const outputs = isDynamic ? await model.executeAsync(image) : model.execute(image);
    const list = Array.isArray(outputs) ? outputs : [outputs];
    const bits = list.map((t) => new Int32Array(t.dataSync().slice().buffer));
    tf.dispose(list);
    return bits;
  });
}

function countDiffering(a: Int32Array, b: Int32Array): number {
  if (a.length !== b.length) return Math.max(a.length, b.length);
  return a.reduce((count, bits, i) => count + Number(bits !== b[i]), 0);
}
