import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

export interface SpawnOptions {
  /** A CommonJS module that is loaded before the script. */
  preload?: string;
  env?: NodeJS.ProcessEnv;
}

// tsx starts faster than ts-node. If it is loaded after tfjs, it spends no time on tfjs's source maps.
const LOADERS = ['@tensorflow/tfjs', 'tsx/cjs'].map((name) => require.resolve(name));

/** Runs a TypeScript file of this repository in its own process. */
export function spawnScript(script: string, args: string[] = [], options: SpawnOptions = {}) {
  const { preload, env } = options;
  const modules = [...(preload === undefined ? [] : [preload]), ...LOADERS];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...modules.flatMap((module) => ['--require', module]), join(ROOT, script), ...args],
    { encoding: 'utf8', env: { ...process.env, ...env } },
  );
  return { stdout, stderr, status };
}
