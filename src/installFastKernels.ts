import {
  engine,
  getKernel,
  registerKernel,
  TopK,
  unregisterKernel,
  type KernelBackend,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

import { checkK } from './args/check.ts';
import { named } from './args/operation.ts';
import type { Implementation } from './kernels/runKernel.ts';
import type { Selection } from './kernels/select/Selection.ts';
import { topkOnCpu } from './kernels/topk/topkOnCpu.ts';
import { topkOnWasm } from './kernels/topk/topkOnWasm.ts';
import { topkOnWebgpu } from './kernels/topk/topkOnWebgpu.ts';
import { SELECTION } from './kernels/wasm/binaries.ts';
import { wasmFunctions, type WasmBackend } from './kernels/wasm/tfjsMemory.ts';

const FAST = { cpu: topkOnCpu, wasm: topkOnWasm, webgpu: topkOnWebgpu };

/**
 * Where ours would be slower than the stock kernel, by measurement of both: on wasm without SIMD. There it would sort
 * in JavaScript, 2 to 5 times as long as stock. On webgl nothing is replaced.
 */
const isSlower = (backend: KernelBackend, backendName: string): boolean =>
  backendName === 'wasm' && wasmFunctions(backend as WasmBackend, SELECTION) === undefined;

interface Installed {
  count: number;
  /** The kernels that were replaced, by backend. */
  stock: Map<string, KernelConfig>;
  ours: Set<KernelFunc>;
}

/** Shared by all copies of this package in a program, as the registry is that holds the kernels. */
function sharedState(): Installed {
  const shared = globalThis as Record<symbol, Installed | undefined>;
  const key = Symbol.for('tfjs-topk-grad.installed');
  return (shared[key] ??= { count: 0, stock: new Map(), ours: new Set() });
}

/**
 * Replaces tfjs's TopK kernels on cpu, wasm and webgpu by those of this package, so that `tf.topk` and everything that
 * calls it is as fast as `topk`, and has its total order. The gradient is the same either way.
 *
 * Where ours would be slower, on wasm without SIMD, tfjs's own kernel stays, with its own order.
 * Importing a backend's package registers its stock kernels: import it first, or they stay.
 *
 * @returns a function that puts the stock kernels back. If several parts of a program have installed ours, the
 *   last to call it does.
 *
 * @example
 * const uninstall = installFastKernels();
 * tf.topk([1, 3, 2], 2).indices.print(); // [1, 2]
 * uninstall();
 */
export function installFastKernels(): () => void {
  const installed = sharedState();
  installed.count++;
  for (const [backendName, run] of Object.entries(FAST)) {
    const current = kernelOf(backendName);
    if (!current || installed.ours.has(current.kernelFunc)) continue;
    const kernelFunc = inPlaceOf(current, run);
    installed.stock.set(backendName, current);
    installed.ours.add(kernelFunc);
    put({ ...current, kernelFunc });
  }
  let isInstalled = true;
  return () => {
    if (isInstalled && --installed.count === 0) putStockBack(installed);
    isInstalled = false;
  };
}

/** A kernel that somebody else has registered since then stays. */
function putStockBack({ stock, ours }: Installed): void {
  for (const [backendName, kernel] of stock) {
    const current = kernelOf(backendName);
    if (current && ours.has(current.kernelFunc)) put(kernel);
  }
  stock.clear();
}

function kernelOf(backendName: string): KernelConfig | undefined {
  return getKernel(TopK, backendName);
}

function put(kernel: KernelConfig): void {
  unregisterKernel(kernel.kernelName, kernel.backendName);
  registerKernel(kernel);
}

/** As a kernel of tf.topk, which itself accepts a k that is not an integer. */
function inPlaceOf(
  stock: KernelConfig,
  run: Implementation<{ x: TensorInfo }, Selection>,
): KernelFunc {
  return (call) => {
    const { backend } = engine();
    if (isSlower(backend, stock.backendName)) return stock.kernelFunc(call);
    const { x } = call.inputs as { x: TensorInfo };
    const attrs = call.attrs as Selection & typeof call.attrs;
    return named('tf.topk', () => {
      checkK(attrs.k, x.shape[x.shape.length - 1]);
      return run({ inputs: { x }, attrs, backend });
    });
  };
}
