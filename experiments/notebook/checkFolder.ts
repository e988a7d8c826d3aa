import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFileOf } from './isFileOf.ts';
import { readManifest } from './manifest.ts';
import { recoverRuns } from './recoverRuns.ts';
import { resolveFolder } from './resolveFolder.ts';
import { SaveError } from './SaveError.ts';
import { trySaving } from './trySaving.ts';

/**
 * Checks that a run can be saved in the folder without a loss: whatever has the name of one of its
 * files was written by an earlier run. A killed run that is found there is completed or cleared away.
 *
 * @returns the folder, resolved; it need not exist.
 * @throws SaveError with what stands in the way.
 */
export function checkFolder(folder: string, run: string): string {
  return trySaving(folder, () => {
    const resolved = resolveFolder(folder);
    if (!existsSync(resolved)) return resolved;
    recoverRuns(resolved);
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
