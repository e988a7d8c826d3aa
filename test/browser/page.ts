import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import { ONLY_GPU } from '../../experiments/browser/onlyGpu.ts';
import { startBackend } from '../../experiments/browser/startBackend.ts';
import { topk } from '../../src/index.ts';
import { SELECTION } from '../../src/kernels/wasm/binaries.ts';
import { wasmFunctions, type WasmBackend } from '../../src/kernels/wasm/tfjsMemory.ts';
import { cases } from '../backends/cases.ts';
import { trainAndReload } from '../layers/trainAndReload.ts';

setWasmPaths('/');

/** Runs every case in this page. `failures` are the messages of those that fail, by title. */
async function runCases(backend: string, flags: Record<string, number | boolean>) {
  await startBackend(backend, flags);
  const wasm = backend === 'wasm' ? (tf.backend() as object as WasmBackend) : undefined;
  const heap = () => wasm?.wasm.HEAPU8 ?? new Uint8Array();
  const bytes = heap().length;
  topk([1], 1); // starts the module, in whose memory the cases run after it has grown
  const block = tf.zeros([wasm ? bytes / 4 : 0]);
  const failures: Record<string, string> = {};
  for (const { title, run } of cases) {
    tf.engine().startScope();
    try {
      await run();
    } catch (error) {
      failures[title] = String(error);
    }
    tf.engine().endScope();
  }
  block.dispose();
  return {
    backend: tf.getBackend(),
    hasModule: wasm !== undefined && wasmFunctions(wasm, SELECTION) !== undefined,
    isShared: heap().buffer instanceof SharedArrayBuffer,
    hasGrown: heap().length > bytes,
    failures,
  };
}

/** The order in which the GPU puts numbers that its float32 arithmetic may not tell apart. */
async function orderOnGpu(backend: string, row: number[], dtype: 'float32' | 'int32') {
  await startBackend(backend, ONLY_GPU);
  const { indices } = topk(tf.tensor1d(row, dtype), row.length);
  return Array.from(await indices.data());
}

/** What topk says after the device of webgpu is lost, and what it then finds on another backend and another device. */
async function loseDevice() {
  await startBackend('webgpu', ONLY_GPU);
  const x = tf.randomNormal([5000]);
  await topk(x, 5).values.data();
  (tf.backend() as object as { device: { destroy: () => void } }).device.destroy();
  const message = await topk(x, 5).values.data().then(String, String);

  const find = async (backend: string) => {
    await tf.setBackend(backend);
    return Array.from(await topk(tf.range(0, 5000), 2).values.data());
  };
  const onCpu = await find('cpu');
  const start = tf.findBackendFactory('webgpu');
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', start, 3);
  return { message, onCpu, again: await find('webgpu') };
}

/** Runs the cases on webgpu, on a device that has only the limits which every device has. */
async function runOnLeastDevice() {
  const { GPUAdapter } = globalThis as object as {
    GPUAdapter: { prototype: { requestDevice: (wanted: object) => Promise<object> } };
  };
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = function () {
    return requestDevice.call(this, {});
  };
  const { failures } = await runCases('webgpu', ONLY_GPU);
  const { limits } = (tf.backend() as object as { device: { limits: Record<string, number> } })
    .device;
  return { failures, storage: limits.maxComputeWorkgroupStorageSize };
}

/** Trains a model of the layers, saves it in the browser's database, and loads it again. */
async function trainLayers(backend: string) {
  await startBackend(backend, { WASM_HAS_MULTITHREAD_SUPPORT: false });
  return trainAndReload('indexeddb://topk-layers');
}

Object.assign(globalThis, { runCases, orderOnGpu, loseDevice, runOnLeastDevice, trainLayers });
