import { randomStandardNormal, tidy } from '@tensorflow/tfjs-core';
import type { Combination } from './combine.ts';

/**
 * The combinations of `size` entries to check: each entry alone where there are at most `limit`,
 * else `count` of all of them, seeded, in general position, of Euclidean norm 1.
 */
export function combinations(size: number, limit: number, count = 16): Combination[] {
  if (size <= limit) return Array.from({ length: size }, (_, at) => ({ at }));
  return Array.from({ length: count }, (_, seed) => {
    const normal = tidy(
      () => randomStandardNormal([size], 'float32', seed + 1).dataSync() as Float32Array,
    );
    const norm = Math.sqrt(normal.reduce((sum, w) => sum + w * w, 0));
    return { weights: Float32Array.from(normal, (w) => w / norm) };
  });
}
