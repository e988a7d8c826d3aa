import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

export interface SpawnOptions {
  /** A CommonJS module that is loaded before the script. */
  preload?: string;
  env?: NodeJS.ProcessEnv;
}

/** Runs a TypeScript file of this repository in its own process, with tsx, which starts fast. */
export function spawnScript(script: string, args: string[] = [], options: SpawnOptions = {}) {
  const { preload, env } = options;
  const loaders = [preload, require.resolve('tsx/cjs')].filter((loader) => loader !== undefined);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...loaders.flatMap((loader) => ['--require', loader]), join(ROOT, script), ...args],
    { encoding: 'utf8', env: { ...process.env, ...env } },
  );
  return { stdout, stderr, status };
}
