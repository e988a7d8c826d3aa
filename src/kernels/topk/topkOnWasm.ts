import { util, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { selectionPlan } from '../select/selectionPlan.ts';
import { topkOnCpu, type TopKAttrs } from './topkOnCpu.ts';
import {
  addressOf,
  dataHasDtype,
  wasmFunctions,
  allocate,
  type WasmBackend,
  type WasmKernels,
} from '../wasm/tfjsMemory.ts';

/** As in assembly/selectRow. */
const BLOCK = 16;
/** Up to this length a row is in the cache after a first look, which then may be at all of its entries. */
const CACHED = 8192;

/** Top-k along the last axis in SIMD, on the memory of tfjs-backend-wasm. */
export const topkOnWasm: KernelFunc = (params) => {
  const backend = params.backend as WasmBackend;
  const { x } = params.inputs as { x: TensorInfo };
  const attrs = params.attrs as TopKAttrs & typeof params.attrs;
  const n = x.shape[x.shape.length - 1];
  const shape = [...x.shape.slice(0, -1), attrs.k];
  const size = util.sizeFromShape(shape);
  const kernels = wasmFunctions(backend);
  const isNumeric = x.dtype !== 'bool' && dataHasDtype(backend, x);
  if (!kernels || !isNumeric || size === 0) return topkOnCpu(params);

  const { words, select } = wasmSelection(kernels, n, attrs, x.dtype === 'float32');
  const outputs = [
    { shape, dtype: x.dtype },
    { shape, dtype: 'int32' as const },
  ];
  const spares = [{ shape: [words], dtype: 'int32' as const }];
  return allocate(backend, outputs, spares, 'topk', (values, indices, spare) => {
    select(addressOf(backend, x), size / attrs.k, values, indices, spare);
  });
};

/** How the kernel selects from rows of n, and how many words of spare memory it needs for that. */
export function wasmSelection(
  kernels: WasmKernels,
  n: number,
  { k, largest = true, sorted }: TopKAttrs,
  isFloat: boolean,
) {
  const plan = selectionPlan(n, k);
  const { room, rank } = plan;
  const capacity = Math.max(Math.min(room, n + BLOCK), plan.size);
  const stride = k <= BLOCK && n <= CACHED ? 0 : plan.stride;
  const how = [isFloat, largest, sorted] as const;
  const select = (x: number, rows: number, values: number, indices: number, spare: number) => {
    kernels.topk(x, rows, n, k, ...how, values, indices, spare, capacity, room, stride, rank);
  };
  return { words: 2 * capacity + 2 * k + 256, select };
}
