import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { GpuTask } from './Measurement.ts';

/** The times of torch.topk on a CUDA device, in ms, in the order of the tasks; or in one line why there are none. */
export function timeOnCuda(tasks: GpuTask[]): number[] | string {
  const { stdout, stderr, status, error } = spawnSync('python3', [join(__dirname, 'cuda.py')], {
    input: JSON.stringify(tasks),
    encoding: 'utf8',
  });
  if (status === 0) return JSON.parse(stdout) as number[];
  return error?.message ?? stderr.trim().split('\n').at(-1) ?? 'python3 ended without a word';
}
