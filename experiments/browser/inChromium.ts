import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';

/**
 * What `edgeCases` and `threadGradients` find on a backend in Chromium, all on the GPU; nothing if
 * there is no Chromium. An experiment is synchronous and a browser is not, so it has a process of
 * its own.
 */
export function inChromium(backend: string) {
  if (findChromium() === undefined) return undefined;
  const script = join(__dirname, '../edgeCases/edgeCasesInChromium.ts');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [require.resolve('ts-node/dist/bin.js'), script, backend],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${backend} in Chromium: ${stderr}`);
  return JSON.parse(stdout) as { table: string[][]; gradients: number[][] };
}
