import { getBackend } from '@tensorflow/tfjs-core';

/** Whether reading a result waits for all work before it; webgpu cannot read synchronously in every browser. */
export function isOnGpu(): boolean {
  return ['webgl', 'webgpu'].includes(getBackend());
}
