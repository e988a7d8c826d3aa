import '@tensorflow/tfjs-backend-webgpu';
import { edgeCases, inWords, threadGradients, type Answer } from './edgeCases.ts';
import { ONLY_GPU } from '../browser/onlyGpu.ts';
import { startBackend } from '../browser/startBackend.ts';

/** What `edgeCases` and `threadGradients` find on a backend of this page, all on the GPU. */
async function edgeCasesOnGpu(backend: string) {
  await startBackend(backend, ONLY_GPU);
  // Read asynchronously: webgpu has no reliable synchronous read.
  const read = async (answer: Answer) =>
    inWords(typeof answer === 'string' ? answer : await Promise.all(answer.map((t) => t.data())));
  const table = [];
  for (const { input, tfjs, ours } of edgeCases()) {
    table.push([input, await read(tfjs), await read(ours)]);
  }
  const gradients = await Promise.all(threadGradients().map((gradient) => gradient.data()));
  return { table, gradients: gradients.map((gradient) => Array.from(gradient)) };
}

Object.assign(globalThis, { edgeCasesOnGpu });
