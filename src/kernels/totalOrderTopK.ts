import {
  backend,
  getBackend,
  getKernel,
  registerKernel,
  type KernelConfig,
} from '@tensorflow/tfjs-core';
import { topkOfRows } from './topkOfRows.ts';
import { topkOnGpu } from './topkOnGpu.ts';

/** The kernel of `topk`: tfjs's TopK with a total order and a choice of direction. */
export const TotalOrderTopK = 'TotalOrderTopK';

/** Registers the kernel for the backend in use, if it is not; so backends may load at any time. */
export function provideTotalOrderTopK(): void {
  backend(); // starts the default backend, if none is in use yet
  const backendName = getBackend();
  const known = getKernel(TotalOrderTopK, backendName) as KernelConfig | undefined;
  if (known) return;
  const isGpu = backendName === 'webgl' || backendName === 'webgpu';
  registerKernel({
    kernelName: TotalOrderTopK,
    backendName,
    kernelFunc: isGpu ? topkOnGpu : topkOfRows,
  });
}
