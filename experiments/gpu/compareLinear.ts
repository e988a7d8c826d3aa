import * as tf from '@tensorflow/tfjs';
import { topk, topkLinear } from '../../src/index.ts';
import { median } from '../bench/median.ts';
import type { LinearTimes } from './Measurement.ts';

/**
 * Times the gradients of Σ topk(Wx)² in turn, by topkLinear and through topk(matMul): W [4096, 256], 32 examples,
 * k = 32.
 */
export async function compareLinear(seconds: number): Promise<LinearTimes> {
  const W = tf.randomNormal<tf.Rank.R2>([4096, 256], 0, 1, 'float32', 1);
  const x = tf.randomNormal<tf.Rank.R2>([32, 256], 0, 1, 'float32', 2);
  type Values = (W: tf.Tensor2D, x: tf.Tensor2D) => tf.Tensor;
  const gradients = (values: Values) => tf.grads((W: tf.Tensor, x: tf.Tensor): tf.Scalar => values(W as tf.Tensor2D, x as tf.Tensor2D).square().sum()); // prettier-ignore
  const ways = [
    gradients((W, x) => topkLinear(W, x, 32).values),
    gradients((W, x) => topk(tf.matMul(x, W, false, true), 32).values),
  ];
  const times = ways.map((): number[] => []);
  const end = performance.now() + 1000 * seconds;
  for (let round = 0; round < 2 || performance.now() < end; round++) {
    for (const [i, way] of ways.entries()) {
      const start = performance.now();
      const found = way([W, x]);
      for (const gradient of found) await gradient.data();
      if (round > 0) times[i].push(performance.now() - start); // the first compiles the shaders
      tf.dispose(found);
    }
  }
  tf.dispose([W, x]);
  return { topkLinear: median(times[0]), throughTopk: median(times[1]) };
}
