import { join } from 'node:path';

/** The path of the count-th chart of a run, from 1. */
export function chartPath(folder: string, name: string, count: number): string {
  return join(folder, `${name}-${String(count)}.svg`);
}
