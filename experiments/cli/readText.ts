import { readFileSync } from 'node:fs';
import { UsageError } from './UsageError.ts';

/** Reads a text file and strips a byte order mark. @throws UsageError if it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `${file}: ${code === 'ENOENT' ? 'no such file' : `cannot be read: ${message}`}`,
    );
  }
}
