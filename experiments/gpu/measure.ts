import * as tf from '@tensorflow/tfjs';
import { topk } from '../../src/index.ts';
import { inputs } from '../bench/inputs.ts';
import { median } from '../bench/median.ts';
import { countPrograms } from './countPrograms.ts';
import type { GpuTask, Measurement } from './Measurement.ts';

/** Times stock tfjs and this package in turn on the current backend, with the data there before. */
export async function measure({ rows, n, k }: GpuTask, seconds: number): Promise<Measurement> {
  const data = inputs(rows * n, 'random', 'float32', 1);
  const upload = await timeOf(async () => {
    const y = tf.tidy(() => tf.tensor2d(data, [rows, n]).add(0));
    await finished(y);
    y.dispose();
  });
  const x = tf.tidy(() => tf.tensor2d(data, [rows, n]).add(0));
  await finished(x);
  const ways = [(x: tf.Tensor) => tf.topk(x, k), (x: tf.Tensor) => topk(x, k)];
  const found: Float32Array[] = [];
  for (const way of ways) {
    const { values, indices } = way(x); // compiles the shaders
    found.push(await values.data<'float32'>());
    tf.dispose([values, indices]);
  }
  const isOnGpu = tf.getBackend() !== 'wasm';
  const times = ways.map((): number[] => []);
  const end = performance.now() + 1000 * seconds;
  for (let round = 0; round === 0 || (round < 200 && performance.now() < end); round++) {
    for (const [i, way] of ways.entries()) {
      const y = isOnGpu ? tf.add(x, 0) : x; // a backend of the GPU keeps what was read of x
      await finished(y);
      const start = performance.now();
      const { values, indices } = way(y);
      if (isOnGpu) await finished(indices);
      times[i].push(performance.now() - start);
      tf.dispose(isOnGpu ? [y, values, indices] : [values, indices]);
    }
  }
  const readBack = await timeOf(async () => {
    const y = tf.add(x, 0);
    await y.data();
    y.dispose();
  });
  const select = () => {
    tf.dispose(Object.values(topk(x, k)));
  };
  const { kernelMs } = (await tf.time(select)) as { kernelMs: unknown };
  const counts = countPrograms(select);
  x.dispose();
  return {
    ...{ rows, n, k, backend: tf.getBackend(), stock: median(times[0]), ours: median(times[1]) },
    ...(typeof kernelMs === 'number' && kernelMs > 0 && { kernel: kernelMs }),
    ...{ upload, readBack, ...counts },
    different: found[0].filter((value, i) => value !== found[1][i]).length,
  };
}

/** Waits until the device has made a tensor: one number of it is read. */
async function finished(x: tf.Tensor): Promise<void> {
  const one = tf.tidy(() => tf.slice(tf.reshape(x, [-1]), 0, 1));
  await one.data();
  one.dispose();
}

async function timeOf(run: () => Promise<void>): Promise<number> {
  const times = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return median(times);
}
