import { util, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Selection } from '../select/Selection.ts';
import { SELECTION } from '../wasm/binaries.ts';
import {
  addressOf,
  allocate,
  dataHasDtype,
  wasmFunctions,
  type WasmBackend,
} from '../wasm/tfjsMemory.ts';
import { topkOnCpu } from './topkOnCpu.ts';

/** Top-k along the last axis in SIMD, in place in the memory of tfjs-backend-wasm. */
export function topkOnWasm(call: {
  inputs: { x: TensorInfo };
  attrs: Selection;
  backend: KernelBackend;
}): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { x } = call.inputs;
  const { k, largest = true, sorted } = call.attrs;
  const n = x.shape[x.shape.length - 1];
  const shape = [...x.shape.slice(0, -1), k];
  const size = util.sizeFromShape(shape);
  const wasm = wasmFunctions(backend, SELECTION);
  const isNumeric = x.dtype !== 'bool' && dataHasDtype(backend, x);
  if (!wasm || !isNumeric || size === 0) return topkOnCpu(call);

  const outputs = [
    { shape, dtype: x.dtype },
    { shape, dtype: 'int32' as const },
  ];
  const words = wasm.scratchWords(n, k) >>> 0;
  return allocate(backend, outputs, words, (values, indices, scratch) => {
    const isFloat = x.dtype === 'float32';
    const [address, rows] = [addressOf(backend, x), size / k];
    wasm.topk(address, rows, n, k, isFloat, largest, sorted, values, indices, scratch);
  });
}
