import { basename } from 'node:path';

/** Is this the name of a file of the run: `run.ipynb`, `run.html`, `run-1.svg`, or just `run`? */
export function isFileOf(run: string, file: string): boolean {
  if (!file.startsWith(run) || basename(file) !== file) return false;
  return /^(\.ipynb|\.html|-\d+\.svg)?$/.test(file.slice(run.length));
}
