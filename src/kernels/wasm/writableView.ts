import { backend, getBackend, type DataStorage, type Tensor } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './tfjsMemory.ts';

interface Internals extends Omit<WasmBackend, 'dataIdMap' | 'wasm'> {
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
 * A writable view of a float32 tensor in the memory of wasm; writes change the tensor. Undefined where another
 * tensor shares the data, and on other backends: on cpu, slices and the results of dataSync are views of the
 * same data, and elsewhere nothing can be written to.
 */
export function writableView(x: Tensor): Float32Array | undefined {
  if (getBackend() !== 'wasm') return undefined;
  const wasmBackend = backend() as Internals;
  const { wasm, dataIdMap } = wasmBackend;
  if (!dataIdMap.has(x.dataId) || wasmBackend.refCount(x.dataId) !== 1) return undefined;
  const { id, memoryOffset, dtype } = dataIdMap.get(x.dataId);
  if (dtype !== 'float32') return undefined;
  // Makes tfjs forget the packed copy that it caches of a matrix product's right operand.
  wasm.tfjs.disposeData(id);
  wasm.tfjs.registerTensor(id, x.size, memoryOffset);
  return new Float32Array(wasm.HEAPU8.buffer, memoryOffset, x.size);
}
