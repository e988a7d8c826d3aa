import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those that it lies in. Node's own `recursive` never returns where none can be made,
 * as in /proc.
 *
 * @returns the folders that were not there, the innermost first. If one cannot be made, none is.
 */
export function makeFolder(folder: string): string[] {
  if (existsSync(folder)) return [];
  const made = makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    for (const outer of made) rmdirSync(outer);
    throw error;
  }
  return [folder, ...made];
}
