import { existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFileOf } from './isFileOf.ts';
import { formatManifest, isManifest, MANIFEST, readManifest } from './manifest.ts';
import { SaveError } from './SaveError.ts';

/** The last file that is written to a staging folder: the run's name and those of its files. */
export const COMMIT = 'run.json';

export interface Commit {
  run: string;
  files: string[];
}

/**
 * Replaces the files of an earlier run by those in a staging folder, and lists them in the manifest.
 * It can be called again after it was interrupted anywhere.
 *
 * @throws SaveError if the list of the files is damaged, or a file of another origin is in the way.
 */
export function exchangeFiles(folder: string, staging: string): void {
  const staged = (file: string) => join(folder, staging, file);
  const { run, files } = readCommit(staged(COMMIT));
  const manifest = readManifest(folder);
  const old = (manifest[run] ?? []).filter((file) => isFileOf(run, file));
  const waiting = files.filter((file) => isFileOf(run, file) && existsSync(staged(file)));

  for (const file of waiting) {
    const path = join(folder, file);
    if (!existsSync(path) || (old.includes(file) && lstatSync(path).isFile())) continue;
    const advice = 'move it, or choose another folder with --save';
    throw new SaveError(`${path} stands in the way of a run that was saved before; ${advice}`);
  }
  for (const file of waiting) renameSync(staged(file), join(folder, file));
  for (const file of old) {
    if (!files.includes(file)) rmSync(join(folder, file), { force: true });
  }
  writeFileSync(staged(MANIFEST), formatManifest({ ...manifest, [run]: files }));
  renameSync(staged(MANIFEST), join(folder, MANIFEST));
  rmSync(join(folder, staging), { recursive: true });
}

function readCommit(path: string): Commit {
  try {
    const commit = JSON.parse(readFileSync(path, 'utf8')) as Commit;
    if (isManifest({ [commit.run]: commit.files })) return commit;
  } catch {
    // not JSON, or null
  }
  const advice = 'remove the folder that it is in, or choose another one with --save';
  throw new SaveError(`${path} does not list the files of a run; ${advice}`);
}
