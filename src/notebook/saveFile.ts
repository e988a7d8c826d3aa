import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that cannot be written. */
export class SaveError extends Error {}

/** Writes a file whole or not at all, and makes its folder. @throws SaveError where it cannot. */
export function saveFile(path: string, text: string): void {
  const temporary = `${path}.${String(process.pid)}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw new SaveError(`${path} cannot be written: ${(error as Error).message}`);
  }
}
