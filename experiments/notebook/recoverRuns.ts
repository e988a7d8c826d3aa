import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { COMMIT, exchangeFiles } from './exchangeFiles.ts';
import { isLeftOver } from './staging.ts';

/** Clears away what killed processes left: a run that was written whole is put in place. */
export function recoverRuns(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!isLeftOver(folder, name)) continue;
    if (existsSync(join(folder, name, COMMIT))) exchangeFiles(folder, name);
    else rmSync(join(folder, name), { recursive: true });
  }
}
