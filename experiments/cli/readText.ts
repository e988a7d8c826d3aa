import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { UsageError } from './UsageError.ts';

const MAX_BYTES = 64 * 2 ** 20;
const STDIN = 0;

/** Reads a UTF-8 text, without its byte order mark. @throws UsageError if it is none, or too large. */
export function readText(file: string): string {
  const bytes = read(file);
  if (bytes.length > MAX_BYTES) throw new UsageError(`${file}: must be at most 64 MiB`);
  if (isUtf16(bytes)) {
    throw new UsageError(`${file}: seems to be UTF-16; save it as UTF-8 text`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file}: is not UTF-8 text`);
  }
}

/** Reads a file, but of a larger one no more than one byte beyond the limit. */
function read(file: string): Buffer {
  try {
    const isOpen = file === '/dev/stdin' || file.startsWith('/dev/fd/');
    if (!isOpen && statSync(file).isFIFO()) throw new Error('it is a named pipe; use /dev/stdin');
    const fd = file === '/dev/stdin' ? STDIN : openSync(file, 'r');
    try {
      return readAtMost(fd, MAX_BYTES + 1);
    } finally {
      if (fd !== STDIN) closeSync(fd);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'no such file' : `cannot be read: ${message}`;
    throw new UsageError(`${file}: ${reason}`);
  }
}

function readAtMost(fd: number, limit: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < limit) {
    const chunk = Buffer.alloc(Math.min(2 ** 20, limit - length));
    const count = readSync(fd, chunk);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    length += count;
  }
  return Buffer.concat(chunks);
}

/** Is there a UTF-16 byte order mark, or a zero byte at the beginning, which text has only in UTF-16? */
function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.toString('hex', 0, 2);
  return mark === 'fffe' || mark === 'feff' || bytes.subarray(0, 4).includes(0);
}
