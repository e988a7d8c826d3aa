import { backend, getBackend, type DataStorage, type Tensor } from '@tensorflow/tfjs-core';

interface WasmBackend {
  refCount: (dataId: object) => number;
  dataIdMap: DataStorage<{ id: number; memoryOffset: number; dtype: string }>;
  wasm: {
    HEAPU8: Uint8Array;
    tfjs: {
      registerTensor: (id: number, size: number, address: number) => void;
      disposeData: (id: number) => void;
    };
  };
}

/**
 * The numbers of a float32 tensor in the memory of wasm, to be written at once: what is there is in the
 * tensor. Undefined where another tensor shares them, and on other backends: on cpu slices and the results
 * of dataSync are views of the same numbers, and elsewhere nobody can write to them.
 */
export function writableView(x: Tensor): Float32Array | undefined {
  if (getBackend() !== 'wasm') return undefined;
  const wasmBackend = backend() as object as WasmBackend;
  const { wasm, dataIdMap } = wasmBackend;
  if (!dataIdMap.has(x.dataId) || wasmBackend.refCount(x.dataId) !== 1) return undefined;
  const { id, memoryOffset, dtype } = dataIdMap.get(x.dataId);
  if (dtype !== 'float32') return undefined;
  // So tfjs forgets the copy that it keeps of the second factor of a product.
  wasm.tfjs.disposeData(id);
  wasm.tfjs.registerTensor(id, x.size, memoryOffset);
  return new Float32Array(wasm.HEAPU8.buffer, memoryOffset, x.size);
}
