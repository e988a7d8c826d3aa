import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

export interface SpawnOptions {
  /** A CommonJS module that is loaded before the script. */
  preload?: string;
  env?: NodeJS.ProcessEnv;
}

const TS_NODE = require.resolve('ts-node/dist/bin.js');

/** Runs a TypeScript file of this repository in its own process. */
export function spawnScript(script: string, args: string[] = [], options: SpawnOptions = {}) {
  const { preload, env } = options;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      ...(preload === undefined ? [] : ['--require', preload]),
      TS_NODE,
      join(ROOT, script),
      ...args,
    ],
    { encoding: 'utf8', env: { ...process.env, ...env } },
  );
  return { stdout, stderr, status };
}
