// Prints, as JSON, what measure.ts finds on webgpu in Node, through Dawn: the npm package webgpu.
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { measure } from './measure.ts';
import type { GpuTask } from './Measurement.ts';

const load = createRequire(__filename);

async function main(): Promise<void> {
  const { create, globals } = load('webgpu') as {
    create: (flags: string[]) => object;
    globals: object;
  };
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) } });
  load('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) throw new Error('no adapter');
  const { webgpu } = JSON.parse(process.argv[2]) as { webgpu: GpuTask[] };
  const measurements = [];
  for (const task of webgpu) measurements.push(await measure(task, Number(process.argv[3])));
  process.stdout.write(`${JSON.stringify({ measurements })}\n`, () => process.exit(0)); // Dawn would keep the process
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
