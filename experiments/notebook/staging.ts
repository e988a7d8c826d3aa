import { statSync } from 'node:fs';
import { join } from 'node:path';

/** Each process prepares its files in a folder of its own, beside those that they will replace. */
export const STAGING = `.tfjs-topk-grad-${String(process.pid)}.tmp`;

const NAME = /^\.tfjs-topk-grad-(\d+)\.tmp$/;
const MINUTE = 60_000;

/** Is this a staging folder of a process that has ended? */
export function isLeftOver(folder: string, name: string): boolean {
  const match = NAME.exec(name);
  if (!match) return false;
  const status = statSync(join(folder, name));
  if (!status.isDirectory()) return false; // somebody else's
  const age = Date.now() - status.mtimeMs;
  return !isRunning(Number(match[1])) || age > 10 * MINUTE; // a process id can be in use again
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false; // this process has not begun to save
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
