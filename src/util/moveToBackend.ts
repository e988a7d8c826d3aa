import { engine, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Moves data that another backend holds to the one in use. In a kernel that runs within another, tfjs
 * would do so, and under its IS_TEST flag take that for a leak.
 */
export function moveToBackend(tensors: Tensor[]): void {
  for (const { dataId } of tensors) {
    const holder = engine().state.tensorInfo.get(dataId)?.backend;
    if (holder && holder !== engine().backend) engine().moveData(engine().backend, dataId);
  }
}
