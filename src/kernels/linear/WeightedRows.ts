import {
  expandDims,
  gatherND,
  matMul,
  reshape,
  tidy,
  util,
  type KernelFunc,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { provideKernel } from '../runKernel.ts';
import { addressOf, wasmFunctions, allocate, type WasmBackend } from '../wasm/tfjsMemory.ts';

/**
 * Rows of W `[n, d]`, at `indices` `[…, k]`, each times its coefficient `[…, k]`, added up: `[…, d]`. Not
 * empty.
 */
export const WeightedRows = 'WeightedRows';

export function provideWeightedRows(): void {
  provideKernel(WeightedRows, { any: weightedRows, wasm: weightedRowsOnWasm });
}

interface Inputs {
  W: Tensor2D;
  indices: Tensor;
  coefficients: Tensor;
}

const weightedRows: KernelFunc = ({ inputs }) => {
  const { W, indices, coefficients } = inputs as object as Inputs;
  return tidy(() => {
    const rows = gatherND(W, expandDims(indices, -1));
    const sums: Tensor = matMul(expandDims(coefficients, -2), rows);
    return reshape(sums, [...indices.shape.slice(0, -1), W.shape[1]]);
  });
};

/** Reads the rows where they are; tfjs's own operations would copy them, and copy the copy. */
const weightedRowsOnWasm: KernelFunc = (params) => {
  const backend = params.backend as WasmBackend;
  const { W, indices, coefficients } = params.inputs as object as Inputs;
  const kernels = wasmFunctions(backend);
  if (!kernels) return weightedRows(params);

  const [d, k] = [W.shape[1], indices.shape[indices.rank - 1]];
  const output = { shape: [...indices.shape.slice(0, -1), d], dtype: 'float32' as const };
  return allocate(backend, [output], [], 'rowSparseGrads', (sums) => {
    const [w, i, c] = [W, indices, coefficients].map((tensor) => addressOf(backend, tensor));
    kernels.sumRows(w, i, c, sums, d, k, util.sizeFromShape(indices.shape) / k);
  })[0];
};
