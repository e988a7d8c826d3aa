import { getBackend } from '@tensorflow/tfjs-core';

/** Whether reading a result waits for all work before it; on webgpu it cannot be read synchronously at all. */
export function isOnGpu(): boolean {
  return ['webgl', 'webgpu'].includes(getBackend());
}
