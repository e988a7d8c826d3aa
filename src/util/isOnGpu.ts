import { getBackend } from '@tensorflow/tfjs-core';

/** Whether to read a result would wait for all work before it; on webgpu that cannot be done at once. */
export function isOnGpu(): boolean {
  return ['webgl', 'webgpu'].includes(getBackend());
}
