import type { Block } from './Choice.ts';

/** target += factor · block */
export function addBlock(target: Float64Array, { offset, entries }: Block, factor: number): void {
  entries.forEach((entry, c) => {
    target[offset + c] += factor * entry;
  });
}
