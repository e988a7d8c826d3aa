import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaveError } from './SaveError.ts';

/** The file that lists the files of the runs saved in its folder: they may be replaced and removed. */
export const MANIFEST = '.tfjs-topk-grad.json';

/** The names of the files of each run. */
export type Manifest = Partial<Record<string, string[]>>;

/** @throws SaveError if there is a file of this name that is no manifest. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return {};
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isManifest(manifest)) return manifest;
  } catch {
    // not JSON, or not a file
  }
  throw new SaveError(`${path} does not list saved runs; choose another folder with --save`);
}

export function formatManifest(manifest: Manifest): string {
  const runs = Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(runs), null, 2)}\n`;
}

export function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (files) => Array.isArray(files) && files.every((file) => typeof file === 'string'),
  );
}
