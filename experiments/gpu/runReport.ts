import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { GpuReport, GpuTask } from './Measurement.ts';

/**
 * Runs main.ts (in Chromium) or dawn.ts (in Node) in a process of its own, since a notebook is synchronous.
 *
 * @returns what it found, or in one line why it does not run.
 */
export function runReport(
  script: 'main.ts' | 'dawn.ts',
  tasks: Record<string, GpuTask[]>,
  seconds: number,
): GpuReport | string {
  const ran = spawnSync(
    process.execPath,
    [require.resolve('ts-node/dist/bin.js'), join(__dirname, script), JSON.stringify(tasks), String(seconds)], // prettier-ignore
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  const last = ran.stdout.trim().split('\n').at(-1) ?? '';
  if (ran.status === 0) return JSON.parse(last) as GpuReport;
  return (
    ran.stderr
      .trim()
      .split('\n')
      .find((line) => line.includes('rror')) ?? 'it ended without a word'
  );
}
