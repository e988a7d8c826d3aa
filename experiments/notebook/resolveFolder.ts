import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Resolves every `..` of a path as the system does: `link/..` is the parent of what the link points
 * to. (path.join only deletes the text, and takes `missing/../out` for `out`.)
 *
 * @throws if what stands before a `..` does not exist.
 */
export function resolveFolder(folder: string): string {
  const steps = folder.split(sep);
  const last = steps.lastIndexOf('..');
  if (last === -1) return folder;
  const parent = realpathSync.native(steps.slice(0, last + 1).join(sep));
  return join(parent, ...steps.slice(last + 1));
}
