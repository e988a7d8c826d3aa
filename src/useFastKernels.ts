import {
  getKernel,
  registerKernel,
  TopK,
  unregisterKernel,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { checkK } from './checkK.ts';
import { topkOfRows, type TopKAttrs } from './kernels/topkOfRows.ts';
import { topkOnWasm } from './kernels/topkOnWasm.ts';

/**
 * Puts the kernels of this package in the place of tfjs's TopK on cpu and wasm, so that `tf.topk` and all
 * that calls it are as fast as `topk`, and order totally as it does. Its gradient is the same either way.
 *
 * A backend's package registers its own kernels when it is imported: import it before, else they stay.
 *
 * @returns a function that puts back what was there.
 */
export function useFastKernels(): () => void {
  const replaced: KernelConfig[] = [];
  const put = (kernel: KernelConfig) => {
    unregisterKernel(kernel.kernelName, kernel.backendName);
    registerKernel(kernel);
  };
  for (const [backendName, kernelFunc] of Object.entries(FAST)) {
    const stock = getKernel(TopK, backendName) as KernelConfig | undefined;
    if (!stock || stock.kernelFunc === kernelFunc) continue;
    replaced.push(stock);
    put({ ...stock, kernelFunc });
  }
  return () => {
    for (const kernel of replaced.splice(0)) put(kernel);
  };
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

const FAST = { cpu: checked(topkOfRows), wasm: checked(topkOnWasm) };
