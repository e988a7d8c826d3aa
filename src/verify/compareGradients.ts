import { util, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { tidyValue } from '../util/tidyValue.ts';
import { toTensor } from '../args/toTensor.ts';

export interface GradientDifference {
  /** max |a − b| */
  maxAbsDiff: number;
  /** max |a − b| / max(|a|, |b|); 0 where both are 0 */
  maxRelDiff: number;
  /** units in the last place: the most steps between neighbouring float32 numbers from a to b */
  maxUlps: number;
}

/**
 * How far two gradients are apart: the greatest difference of corresponding entries, in three
 * measures. −0 equals 0; NaN and each infinity equal themselves and are infinitely far from all else.
 *
 * @param a a tensor or array-like of any shape; integers are taken for float32.
 * @param b the same shape.
 * @returns numbers, read synchronously; all 0 for empty tensors.
 * @throws if the shapes differ.
 */
export function compareGradients(
  a: Tensor | TensorLike,
  b: Tensor | TensorLike,
): GradientDifference {
  return tidyValue(() => {
    const $a = toTensor(a, 'a', 'compareGradients');
    const $b = toTensor(b, 'b', 'compareGradients');
    if (!util.arraysEqual($a.shape, $b.shape)) {
      const shapes = `[${String($a.shape)}] and [${String($b.shape)}]`;
      throw new Error(`compareGradients: a and b must have the same shape, got ${shapes}`);
    }
    const [as, bs] = [$a, $b].map((t) => new Float32Array(t.dataSync()));
    const found = { maxAbsDiff: 0, maxRelDiff: 0, maxUlps: 0 };
    as.forEach((ai, i) => {
      const [abs, rel, ulps] = difference(ai, bs[i]);
      found.maxAbsDiff = Math.max(found.maxAbsDiff, abs);
      found.maxRelDiff = Math.max(found.maxRelDiff, rel);
      found.maxUlps = Math.max(found.maxUlps, ulps);
    });
    return found;
  });
}

function difference(a: number, b: number): [abs: number, rel: number, ulps: number] {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return [0, 0, 0];
  const abs = Math.abs(a - b);
  if (!Number.isFinite(abs)) return [Infinity, Infinity, Infinity];
  return [abs, abs / Math.max(Math.abs(a), Math.abs(b)), Math.abs(place(a) - place(b))];
}

/** The place of a float32 on the line of all float32 numbers, where neighbours differ by 1. */
function place(x: number): number {
  float[0] = x;
  return bits[0] < 0 ? -(bits[0] & 0x7fffffff) : bits[0];
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);
