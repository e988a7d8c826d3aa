import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that cannot be written. */
export class SaveError extends Error {}

/** Writes a file whole or not at all, and makes its folder. @throws SaveError where it cannot. */
export function saveFile(path: string, text: string): void {
  saveFiles({ [path]: text });
}

/**
 * Writes files, by their paths: each whole, and none before all of them have been written beside their places.
 *
 * @throws SaveError where it cannot; names the file.
 */
export function saveFiles(texts: Record<string, string>): void {
  const temporary = (path: string) => `${path}.${String(process.pid)}.tmp`;
  const each = (act: (path: string) => void) => {
    for (const path of Object.keys(texts)) {
      try {
        act(path);
      } catch (error) {
        throw new SaveError(`${path} cannot be written: ${(error as Error).message}`);
      }
    }
  };
  try {
    each((path) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(temporary(path), texts[path]);
    });
    each((path) => {
      renameSync(temporary(path), path);
    });
  } finally {
    for (const path of Object.keys(texts)) {
      if (existsSync(temporary(path))) rmSync(temporary(path));
    }
  }
}
