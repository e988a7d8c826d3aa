// Runs the cases on webgpu in Node, through Dawn: npm install --no-save webgpu && npm run test:webgpu.
// Without a GPU, Chromium's software renderer serves: VK_ICD_FILENAMES and LD_LIBRARY_PATH name it.
import * as tf from '@tensorflow/tfjs';
import { ONLY_GPU } from '../../experiments/browser/onlyGpu.ts';
import { startDawn } from '../../experiments/gpu/startDawn.ts';
import { cases } from './cases.ts';

async function main(): Promise<void> {
  const stopDawn = await startDawn();

  let failed = 0;
  const modes: Record<string, number | boolean>[] = [{}, ONLY_GPU];
  for (const flags of modes) {
    for (const [flag, value] of Object.entries(flags)) tf.env().set(flag, value);
    for (const { title, run } of cases) {
      try {
        await run();
      } catch (error) {
        failed++;
        process.stdout.write(`✗ ${title}: ${String(error)}\n`);
      }
    }
  }
  process.stdout.write(
    `webgpu in Node: ${String(modes.length * cases.length - failed)} passed, ${String(failed)} failed\n`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
  stopDawn();
}

void main();
