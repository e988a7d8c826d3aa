import {
  backend,
  getBackend,
  getKernel,
  registerKernel,
  type KernelConfig,
  type KernelFunc,
} from '@tensorflow/tfjs-core';

/**
 * Registers a kernel for the backend in use, if it is not; so backends may load at any time.
 *
 * @param byBackend the kernel for a backend, or for `any` other.
 */
export function provideKernel(
  kernelName: string,
  byBackend: { any: KernelFunc } & Partial<Record<string, KernelFunc>>,
): void {
  backend(); // starts the default backend, if none is in use yet
  const backendName = getBackend();
  const known = getKernel(kernelName, backendName) as KernelConfig | undefined;
  if (known) return;
  const kernelFunc = byBackend[backendName] ?? byBackend.any;
  registerKernel({ kernelName, backendName, kernelFunc });
}
