import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import { startBackend } from '../browser/startBackend.ts';
import { compareLinear } from './compareLinear.ts';
import { measure } from './measure.ts';
import type { GpuTask } from './Measurement.ts';

setWasmPaths('/');

/** Measures the tasks on a backend in this page, which is isolated: wasm has threads. */
async function measureAll(backend: string, tasks: GpuTask[], seconds: number) {
  await startBackend(backend, {});
  const measurements = [];
  for (const task of tasks) measurements.push(await measure(task, seconds));
  return measurements;
}

/** Compares the gradients of topkLinear with those through topk(matMul), on webgl. */
async function linearOnWebgl(seconds: number) {
  await startBackend('webgl', {});
  return compareLinear(seconds);
}

/** The name of the adapter of webgpu; empty where there is none. */
async function adapterName(): Promise<string> {
  const { navigator } = globalThis as object as { navigator: { gpu?: Gpu } };
  const { gpu } = navigator;
  const info = (await gpu?.requestAdapter())?.info;
  return info ? [info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(' ') : ''; // prettier-ignore
}

interface Gpu {
  requestAdapter: () => Promise<Record<'info', Record<string, string>> | null>;
}

Object.assign(globalThis, { measureAll, linearOnWebgl, adapterName });
