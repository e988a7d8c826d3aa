import type { Block } from './Choice.ts';

/** The positions of equal vectors, together; in the order of their first ones. */
export function groupEqual(vectors: Block[]): number[][] {
  const groups = new Map<string, number[]>();
  vectors.forEach(({ offset, entries }, i) => {
    const key = `${String(offset)}: ${entries.join()}`; // −0 is written as 0
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  return [...groups.values()];
}
