import { util, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { selectionPlan } from './selectionPlan.ts';
import { topkOfRows, type TopKAttrs } from './topkOfRows.ts';
import { addressOf, isInMemory, wasmKernels, withRoom, type WasmBackend } from './wasmKernels.ts';

/** As in assembly/selectRow. */
const BLOCK = 16;

/** Top-k along the last axis in SIMD, on the memory of tfjs-backend-wasm. */
export const topkOnWasm: KernelFunc = (params) => {
  const backend = params.backend as WasmBackend;
  const { x } = params.inputs as { x: TensorInfo };
  const { k, largest = true, sorted } = params.attrs as TopKAttrs & typeof params.attrs;
  const n = x.shape[x.shape.length - 1];
  const shape = [...x.shape.slice(0, -1), k];
  const kernels = wasmKernels(backend);
  const isNumeric = x.dtype !== 'bool' && isInMemory(backend, x);
  if (!kernels || !isNumeric || util.sizeFromShape(shape) === 0) return topkOfRows(params);

  const { room, stride, size, rank } = selectionPlan(n, k);
  const capacity = Math.max(Math.min(room, n + BLOCK), size);
  const outputs = [
    { shape, dtype: x.dtype },
    { shape, dtype: 'int32' as const },
  ];
  const spares = [{ shape: [2 * capacity + 2 * k + 256], dtype: 'int32' as const }];
  return withRoom(backend, outputs, spares, 'topk', (values, indices, spare) => {
    kernels.topk(
      addressOf(backend, x),
      util.sizeFromShape(shape) / k,
      n,
      k,
      x.dtype === 'float32',
      largest,
      sorted,
      values,
      indices,
      spare,
      capacity,
      room,
      stride,
      rank,
    );
  });
};
