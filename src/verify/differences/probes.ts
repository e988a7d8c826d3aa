import { randomStandardNormal } from '@tensorflow/tfjs-core';
import { tidyValue } from '../../util/tidyValue.ts';
import type { Combination } from './combine.ts';

/**
 * The probes of `size` entries to look at: each entry alone, where there are at most `limit`.
 * Else as many as `blocks`, each a random combination of neighbours, seeded, of Euclidean norm 1;
 * together they take in every entry.
 */
export function probes(size: number, limit: number, blocks: number, seed: number): Combination[] {
  if (size <= limit || size <= blocks) return Array.from({ length: size }, (_, at) => ({ at }));
  const normal = tidyValue(() => randomStandardNormal([size], 'float32', seed).dataSync());
  return Array.from({ length: blocks }, (_, block) => {
    const [from, to] = [block, block + 1].map((b) => Math.floor((b * size) / blocks));
    const weights = Float32Array.from(normal.slice(from, to));
    const norm = Math.sqrt(weights.reduce((sum, weight) => sum + weight ** 2, 0));
    return { from, weights: weights.map((weight) => weight / norm) };
  });
}
