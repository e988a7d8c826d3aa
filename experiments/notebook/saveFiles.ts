import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SaveError } from './SaveError.ts';

/**
 * Writes files, given as texts by path, and creates their folders. Every text is first written to a
 * temporary file next to its target, and the targets are replaced only when all of them are.
 *
 * @throws SaveError for the first file that cannot be written.
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
