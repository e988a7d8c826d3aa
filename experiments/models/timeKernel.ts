import * as tf from '@tensorflow/tfjs';

/** What `run` returns, and how long the kernel of this name took in it, in ms, on the backend in use. */
export async function timeKernel<T>(
  kernelName: string,
  run: () => Promise<T>,
): Promise<{ result: T; kernel: number; total: number }> {
  const stock = tf.getKernel(kernelName, tf.getBackend());
  let kernel = 0;
  replace(stock, {
    ...stock,
    kernelFunc(call) {
      const start = performance.now();
      const outputs = stock.kernelFunc(call);
      kernel += performance.now() - start;
      return outputs;
    },
  });
  try {
    const start = performance.now();
    const result = await run();
    return { result, kernel, total: performance.now() - start };
  } finally {
    replace(stock, stock);
  }
}

function replace({ kernelName, backendName }: tf.KernelConfig, by: tf.KernelConfig): void {
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel(by);
}
