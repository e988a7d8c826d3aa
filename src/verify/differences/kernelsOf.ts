import { engine } from '@tensorflow/tfjs-core';

/** Runs a function, and returns the names of the kernels that it runs, within tf.customGrad as well. */
export function kernelsOf<T>(run: () => T): { result: T; kernels: Set<string> } {
  const [tfjs, kernels] = [engine(), new Set<string>()];
  const { runKernel } = tfjs;
  tfjs.runKernel = (name, inputs, attributes) => {
    kernels.add(name);
    return runKernel.call(tfjs, name, inputs, attributes) as never;
  };
  try {
    return { result: run(), kernels };
  } finally {
    tfjs.runKernel = runKernel;
  }
}
