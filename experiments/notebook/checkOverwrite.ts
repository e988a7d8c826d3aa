import { existsSync, lstatSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFileOf } from './isFileOf.ts';
import { makeFolder } from './makeFolder.ts';
import { readManifest } from './manifest.ts';
import { recoverRuns } from './recoverRuns.ts';
import { resolveFolder } from './resolveFolder.ts';
import { SaveError } from './SaveError.ts';
import { STAGING } from './staging.ts';
import { trySaving } from './trySaving.ts';

/**
 * Checks that a run can be saved in a folder, which is there or can be made, without a loss: whatever has
 * the name of one of its files was written by an earlier run. A killed run that is found there is
 * completed or cleared away; else the disk is left as it was.
 *
 * @returns the folder, resolved.
 * @throws SaveError with what stands in the way.
 */
export function checkOverwrite(folder: string, run: string): string {
  return trySaving(folder, () => {
    const resolved = resolveFolder(folder);
    const isThere = existsSync(resolved);
    if (isThere) recoverRuns(resolved);
    for (const made of makeFolder(join(resolved, STAGING))) rmdirSync(made);
    if (!isThere) return resolved;
    const ours = readManifest(resolved)[run] ?? [];
    for (const file of readdirSync(resolved)) {
      if (!isFileOf(run, file)) continue;
      const path = join(resolved, file);
      const isFile = lstatSync(path).isFile();
      if (isFile && ours.includes(file)) continue;
      const reason = isFile ? 'no earlier run saved it' : 'it is not a file';
      const advice = 'choose another folder with --save';
      throw new SaveError(`${path} stands in the way (${reason}), and is kept; ${advice}`);
    }
    return resolved;
  });
}
