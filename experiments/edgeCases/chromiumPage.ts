import '@tensorflow/tfjs-backend-webgpu';
import { edgeCases, type Answer } from './edgeCases.ts';
import { formatAnswer } from './formatAnswer.ts';
import { threadGradients } from './threadGradients.ts';
import { ONLY_GPU } from '../browser/onlyGpu.ts';
import { startBackend } from '../browser/startBackend.ts';

/** Runs `edgeCases` and `threadGradients` in the page, on the GPU. */
async function edgeCasesOnGpu(backend: string) {
  await startBackend(backend, ONLY_GPU);
  // Asynchronous, because webgpu cannot reliably read synchronously.
  const read = async (answer: Answer) =>
    formatAnswer(
      typeof answer === 'string' ? answer : await Promise.all(answer.map((t) => t.data())),
    );
  const table = [];
  for (const { input, tfjs, ours } of edgeCases()) {
    table.push([input, await read(tfjs), await read(ours)]);
  }
  const gradients = await Promise.all(threadGradients().map((gradient) => gradient.data()));
  return { table, gradients: gradients.map((gradient) => Array.from(gradient)) };
}

Object.assign(globalThis, { edgeCasesOnGpu });
