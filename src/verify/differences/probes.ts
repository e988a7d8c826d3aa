import { randomStandardNormal } from '@tensorflow/tfjs-core';
import { tidyValue } from '../../util/tidyValue.ts';
import { norm, type Probe } from './Probe.ts';

/**
 * Probes that together cover all `size` entries of a vector: each entry alone, if there are at most `limit`.
 * Otherwise the entries are split into `blocks` of neighbours, with a random combination of each, seeded and of
 * norm 1.
 */
export function probes(size: number, limit: number, blocks: number, seed: number): Probe[] {
  const isSmall = size <= limit || size <= blocks;
  if (isSmall) return Array.from({ length: size }, (_, index) => ({ index }));
  const normal = tidyValue(() => randomStandardNormal([size], 'float32', seed).dataSync());
  return Array.from({ length: blocks }, (_, block) => {
    const [from, to] = [block, block + 1].map((b) => Math.floor((b * size) / blocks));
    const weights = Float32Array.from(normal.slice(from, to));
    const length = norm(weights);
    return { from, weights: weights.map((weight) => weight / length) };
  });
}
