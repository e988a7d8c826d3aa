import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOverwrite } from './checkOverwrite.ts';
import { COMMIT, exchangeFiles } from './exchangeFiles.ts';
import { makeFolder } from './makeFolder.ts';
import { STAGING } from './staging.ts';
import { trySaving } from './trySaving.ts';

/**
 * Saves the files of a run, given as texts by name, in place of those of an earlier run of the same
 * name. A manifest in the folder lists them; no other file is replaced or removed.
 *
 * All are written to a staging folder first. If the process is killed before the last of them, the
 * earlier run remains; after it, the next run saved in the folder completes the exchange.
 *
 * @throws SaveError if a file of another origin stands in the way, or one cannot be written. Then
 *   nothing has changed.
 */
export function saveFiles(folder: string, run: string, texts: Record<string, string>): void {
  const resolved = checkOverwrite(folder, run);
  const staging = join(resolved, STAGING);
  const commit = { [COMMIT]: JSON.stringify({ run, files: Object.keys(texts) }) };
  trySaving(folder, () => {
    makeFolder(staging);
  });
  try {
    for (const [file, text] of Object.entries({ ...texts, ...commit })) {
      trySaving(join(folder, file), () => {
        writeFileSync(join(staging, `${file}.part`), text);
        renameSync(join(staging, `${file}.part`), join(staging, file));
      });
    }
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
  trySaving(folder, () => {
    exchangeFiles(resolved, STAGING);
  });
}
