import {
  getKernel,
  registerKernel,
  TopK,
  unregisterKernel,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { checkK } from './args/checkK.ts';
import { topkOnCpu, type TopKAttrs } from './kernels/topk/topkOnCpu.ts';
import { topkOnWasm } from './kernels/topk/topkOnWasm.ts';

/** The kernels of tfjs that ours have replaced, by the names of their backends. */
const replaced = new Map<string, KernelConfig>();
let uses = 0;

/**
 * Puts the kernels of this package in the place of tfjs's TopK on cpu and wasm, so that `tf.topk` and all
 * that calls it are as fast as `topk`, and order totally as it does. Its gradient is the same either way.
 *
 * A backend's package registers its own kernels when it is imported: import it before, else they stay.
 *
 * @returns a function that takes the kernels out again, and puts back what was there; where several have
 *   called for them, when the last takes them out.
 */
export function installFastKernels(): () => void {
  uses++;
  for (const [backendName, kernelFunc] of Object.entries(FAST)) {
    const known = kernelOf(backendName);
    if (!known || known.kernelFunc === kernelFunc) continue;
    replaced.set(backendName, known);
    put({ ...known, kernelFunc });
  }
  let isIn = true;
  return () => {
    if (isIn && --uses === 0) takeOut();
    isIn = false;
  };
}

/** A kernel that somebody else has registered since stays. */
function takeOut(): void {
  for (const [backendName, kernelFunc] of Object.entries(FAST)) {
    const stock = replaced.get(backendName);
    if (stock && kernelOf(backendName)?.kernelFunc === kernelFunc) put(stock);
  }
  replaced.clear();
}

function kernelOf(backendName: string): KernelConfig | undefined {
  return getKernel(TopK, backendName);
}

function put(kernel: KernelConfig): void {
  unregisterKernel(kernel.kernelName, kernel.backendName);
  registerKernel(kernel);
}

/** tf.topk itself lets a k pass that is no integer. */
function checked(kernelFunc: KernelFunc): KernelFunc {
  return (params) => {
    const { x } = params.inputs as { x: TensorInfo };
    const { k } = params.attrs as TopKAttrs & typeof params.attrs;
    checkK(k, x.shape[x.shape.length - 1], 'tf.topk');
    return kernelFunc(params);
  };
}

const FAST = { cpu: checked(topkOnCpu), wasm: checked(topkOnWasm) };
