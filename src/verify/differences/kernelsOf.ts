import { engine, type DataType } from '@tensorflow/tfjs-core';

/**
 * Runs a function, and returns the names of the kernels that it runs, within tf.customGrad as well. What Cast does
 * depends on the type, so that is in its name: "Cast to int32".
 */
export function kernelsOf<T>(run: () => T): { result: T; kernels: Set<string> } {
  const [tfjs, kernels] = [engine(), new Set<string>()];
  const before = Object.getOwnPropertyDescriptor(tfjs, 'runKernel'); // none, unless somebody else does the same
  const runKernel = tfjs.runKernel.bind(tfjs);
  tfjs.runKernel = (name, inputs, attributes) => {
    kernels.add(name === 'Cast' ? `Cast to ${attributes?.dtype as DataType}` : name);
    return runKernel(name, inputs, attributes);
  };
  try {
    return { result: run(), kernels };
  } finally {
    if (before) Object.defineProperty(tfjs, 'runKernel', before);
    else Reflect.deleteProperty(tfjs, 'runKernel');
  }
}
