import {
  backend,
  getBackend,
  type DataStorage,
  type KernelBackend,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * The numbers of a float32 tensor where the backend in use keeps them, to be written at once: what is
 * there is in the tensor. Undefined on backends but cpu and wasm, and where another tensor shares them.
 */
export function liveData(x: Tensor): Float32Array | undefined {
  const inUse = backend() as object as CpuBackend & WasmBackend;
  const isShared = () => inUse.refCount(x.dataId) !== 1;
  if (getBackend() === 'cpu' && inUse.data.has(x.dataId) && !isShared()) {
    const { values } = inUse.data.get(x.dataId);
    return values instanceof Float32Array ? values : undefined;
  }
  if (getBackend() === 'wasm' && inUse.dataIdMap.has(x.dataId) && !isShared()) {
    const { wasm, dataIdMap } = inUse;
    const { id, memoryOffset, dtype } = dataIdMap.get(x.dataId);
    if (dtype !== 'float32') return undefined;
    // Makes tfjs forget the copy of the numbers that a product with them as second factor keeps.
    wasm.tfjs.disposeData(id);
    wasm.tfjs.registerTensor(id, x.size, memoryOffset);
    return new Float32Array(wasm.HEAPU8.buffer, memoryOffset, x.size);
  }
  return undefined;
}

interface CpuBackend extends Pick<KernelBackend, 'refCount'> {
  data: DataStorage<{ values: unknown }>;
}

interface WasmBackend extends Pick<KernelBackend, 'refCount'> {
  dataIdMap: DataStorage<{ id: number; memoryOffset: number; dtype: string }>;
  wasm: {
    HEAPU8: Uint8Array;
    tfjs: {
      registerTensor: (id: number, size: number, address: number) => void;
      disposeData: (id: number) => void;
    };
  };
}
