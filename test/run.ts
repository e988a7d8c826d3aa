import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');

/** Runs a script of this repository with ts-node, as the npm scripts do. */
export function run(script: string, ...args: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/ts-node/dist/bin.js'), join(ROOT, script), ...args],
    { encoding: 'utf8', env: process.env },
  );
  return { stdout, stderr, status };
}
