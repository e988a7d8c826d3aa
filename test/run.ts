import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');

/** Runs a script of this repository with ts-node, as the npm scripts do; the last may be other options. */
export function run(script: string, ...args: (string | { env: NodeJS.ProcessEnv })[]) {
  const words = args.filter((arg) => typeof arg === 'string');
  const { env } = args.find((arg) => typeof arg === 'object') ?? process;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/ts-node/dist/bin.js'), join(ROOT, script), ...words],
    { encoding: 'utf8', env },
  );
  return { stdout, stderr, status };
}
