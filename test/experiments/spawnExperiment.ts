import { spawnScript, type SpawnOptions } from './spawnScript.ts';

/** Runs an experiment in a process of its own. Its claims are the lines of the log with ✓ or ✗. */
export function spawnExperiment(name: string, args: string[] = [], options: SpawnOptions = {}) {
  const result = spawnScript('experiments/run.ts', [name, ...args], options);
  const claims = result.stdout.split('\n').filter((line) => /^[✓✗] /.test(line));
  return { ...result, claims, failed: claims.filter((line) => line.startsWith('✗')) };
}
