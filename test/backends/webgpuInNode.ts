// Runs the cases on webgpu in Node, through Dawn: npm install --no-save webgpu && npm run test:webgpu.
// Without a GPU, Chromium's software renderer serves: VK_ICD_FILENAMES and LD_LIBRARY_PATH name it.
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { ONLY_GPU } from '../../experiments/browser/onlyGpu.ts';
import { cases } from './cases.ts';

const load = createRequire(__filename);

async function main(): Promise<void> {
  const { create, globals } = load('webgpu') as {
    create: (flags: string[]) => object;
    globals: object;
  };
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) } });
  load('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) throw new Error('webgpu does not start: no adapter');

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
  process.exit(failed === 0 ? 0 : 1); // Dawn would keep the process alive
}

void main();
