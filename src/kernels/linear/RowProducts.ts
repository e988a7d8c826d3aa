import {
  expandDims,
  gatherND,
  matMul,
  reshape,
  tidy,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';
import { addressOf, allocate, wasmFunctions, type WasmBackend } from '../wasm/tfjsMemory.ts';

interface Call {
  inputs: { W: Tensor; indices: Tensor; x: Tensor };
  backend: KernelBackend;
}

/** W[indices[…, j]] · x[…, :]: from W `[n, d]`, `[…, k]` and `[…, d]` to `[…, k]`. Not empty. */
export const RowProducts: Kernel<Call['inputs'], object> = {
  name: 'RowProducts',
  any: rowProducts,
  wasm: rowProductsOnWasm,
  saved: ({ W, indices, x }) => W.size + 2 * indices.size + x.size,
};

function rowProducts({ inputs: { W, indices, x } }: Call): Tensor {
  return tidy(() => {
    const rows = gatherND(W, expandDims(indices, -1));
    // The right operand is a fresh tensor, since wasm caches it in its first shape.
    return reshape(matMul(expandDims(x, -2), rows, false, true), indices.shape);
  });
}

/** Reads the rows in place. */
function rowProductsOnWasm(call: Call): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { W, indices, x } = call.inputs;
  const wasm = wasmFunctions(backend);
  if (!wasm) return rowProducts(call);

  const [[, d], k] = [W.shape, indices.shape[indices.rank - 1]];
  const output = { shape: indices.shape, dtype: 'float32' as const };
  return allocate(backend, [output], 0, (products) => {
    const [w, i, v] = [W, indices, x].map((tensor) => addressOf(backend, tensor));
    wasm.rowProducts(w, i, v, products, d, k, indices.size / k);
  })[0];
}
