import {
  expandDims,
  gatherND,
  matMul,
  reshape,
  tidy,
  zeros,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';
import { LINEAR } from '../wasm/binaries.ts';
import {
  addressOf,
  allocate,
  dataHasDtype,
  wasmFunctions,
  type WasmBackend,
} from '../wasm/tfjsMemory.ts';

interface Call {
  inputs: { W: Tensor; indices: Tensor; x: Tensor };
  backend: KernelBackend;
}

/** W[indices[…, j]] · x[…, :]: from W `[n, d]`, `[…, k]` and `[…, d]` to `[…, k]`. */
export const RowProducts: Kernel<Call['inputs'], object> = {
  name: 'RowProducts',
  any: rowProducts,
  cpu: rowProductsOnCpu,
  wasm: rowProductsOnWasm,
  saved: ({ W, indices, x }) => W.size + 2 * indices.size + x.size,
};

function rowProducts({ inputs: { W, indices, x } }: Call): Tensor {
  if (indices.size === 0) return zeros(indices.shape);
  return tidy(() => {
    const rows = gatherND(W, expandDims(indices, -1));
    // The right operand is a fresh tensor, since wasm caches it in its first shape.
    return reshape(matMul(expandDims(x, -2), rows, false, true), indices.shape);
  });
}

function rowProductsOnCpu({ inputs: { W, indices, x }, backend }: Call): TensorInfo {
  const [[, d], k] = [W.shape, indices.shape[indices.rank - 1]];
  const [w, v] = [W, x].map((tensor) => tensor.dataSync<'float32'>());
  const { shape } = indices;
  const products = Float32Array.from(indices.dataSync<'int32'>(), (row, place) =>
    dot(w, row * d, v, d * Math.floor(place / k), d),
  );
  return { dataId: backend.write(products, shape, 'float32'), shape, dtype: 'float32' };
}

/** Four sums, since each addition waits for the one before it. */
function dot(a: Float32Array, i: number, b: Float32Array, j: number, d: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = i + (d & ~3);
  for (; i < whole; i += 4, j += 4) {
    s0 += a[i] * b[j];
    s1 += a[i + 1] * b[j + 1];
    s2 += a[i + 2] * b[j + 2];
    s3 += a[i + 3] * b[j + 3];
  }
  for (const end = whole + (d & 3); i < end; i++, j++) s0 += a[i] * b[j];
  return s0 + s1 + (s2 + s3);
}

/** Reads the rows in place. */
function rowProductsOnWasm(call: Call): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { W, indices, x } = call.inputs;
  const wasm = wasmFunctions(backend, LINEAR);
  const isNumeric = [W, x].every((input) => dataHasDtype(backend, input));
  if (!wasm || !isNumeric || indices.size === 0) return rowProducts(call);

  const [[, d], k] = [W.shape, indices.shape[indices.rank - 1]];
  const output = { shape: indices.shape, dtype: 'float32' as const };
  return allocate(backend, [output], 0, (products) => {
    const [w, i, v] = [W, indices, x].map((tensor) => addressOf(backend, tensor));
    wasm.rowProducts(w, i, v, products, d, k, indices.size / k);
  })[0];
}
