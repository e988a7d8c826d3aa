import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../browser/chromium.ts';

/**
 * The results of `edgeCases` and `threadGradients` on a backend in Chromium, computed on the GPU.
 * Playwright is asynchronous and an experiment is not, hence the child process.
 *
 * @returns undefined if there is no Chromium.
 */
export function edgeCasesInChromium(backend: string) {
  if (findChromium() === undefined) return undefined;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [require.resolve('ts-node/dist/bin.js'), join(__dirname, 'chromiumMain.ts'), backend],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${backend} in Chromium: ${stderr}`);
  return JSON.parse(stdout) as { table: string[][]; gradients: number[][] };
}
