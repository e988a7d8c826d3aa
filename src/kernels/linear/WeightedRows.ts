import {
  expandDims,
  gatherND,
  matMul,
  reshape,
  tidy,
  util,
  zeros,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';
import { addMultiple } from './addMultiple.ts';
import { LINEAR } from '../wasm/binaries.ts';
import { addressOf, allocate, wasmFunctions, type WasmBackend } from '../wasm/tfjsMemory.ts';
import { checkDataDtypes } from './checkDataDtypes.ts';

interface Call {
  inputs: { W: Tensor; indices: Tensor; coefficients: Tensor };
  backend: KernelBackend;
}

/** Σⱼ coefficients[…, j] W[indices[…, j]]: from W `[n, d]` and twice `[…, k]` to `[…, d]`. */
export const WeightedRows: Kernel<Call['inputs'], object> = {
  name: 'WeightedRows',
  any: weightedRows,
  cpu: weightedRowsOnCpu,
  wasm: weightedRowsOnWasm,
  saved: ({ W, indices: { size, shape } }) =>
    W.size + 2 * size + util.sizeFromShape(shape.slice(0, -1)) * (W.size / W.shape[0]),
};

function weightedRows({ inputs: { W, indices, coefficients } }: Call): Tensor {
  const shape = [...indices.shape.slice(0, -1), ...W.shape.slice(1)];
  if (indices.size === 0) return zeros(shape);
  return tidy(() => {
    const rows = gatherND(W, expandDims(indices, -1));
    const sums: Tensor = matMul(expandDims(coefficients, -2), rows);
    return reshape(sums, shape);
  });
}

/** A loop takes a hundredth of the time of tfjs's gatherND and matMul. As there, sums are rounded once. */
function weightedRowsOnCpu({ inputs: { W, indices, coefficients }, backend }: Call): TensorInfo {
  const [[, d], k] = [W.shape, indices.shape[indices.rank - 1]];
  const [w, c] = [W, coefficients].map((tensor) => tensor.dataSync<'float32'>());
  const rows = indices.dataSync<'int32'>();
  const shape = [...indices.shape.slice(0, -1), d];
  const sums = new Float32Array(util.sizeFromShape(shape));
  const sum = new Float64Array(d);
  for (let from = 0; from < rows.length; from += k) {
    sum.fill(0);
    let place = from;
    for (; place + 4 <= from + k; place += 4) addFourRows(sum, w, rows, c, place);
    for (; place < from + k; place++) addMultiple(sum, c[place], w, rows[place] * d);
    sums.set(sum, (from / k) * d);
  }
  return { dataId: backend.write(sums, shape, 'float32'), shape, dtype: 'float32' };
}

/** Four at once, in the same order, since to read and write the sum takes longer than to multiply. */
function addFourRows(
  sum: Float64Array,
  w: Float32Array,
  rows: Int32Array,
  c: Float32Array,
  place: number,
): void {
  const d = sum.length;
  const [c0, c1, c2, c3] = c.subarray(place, place + 4);
  let [r0, r1] = [rows[place] * d, rows[place + 1] * d]; // may exceed int32
  let [r2, r3] = [rows[place + 2] * d, rows[place + 3] * d];
  for (let j = 0; j < d; j++) {
    sum[j] = sum[j] + c0 * w[r0++] + c1 * w[r1++] + c2 * w[r2++] + c3 * w[r3++];
  }
}

/** Reads the rows in place; tfjs's own operations copy them, and copy the copy. */
function weightedRowsOnWasm(call: Call): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { W, indices, coefficients } = call.inputs;
  const wasm = wasmFunctions(backend, LINEAR);
  if (!wasm || indices.size === 0) return weightedRows(call);
  checkDataDtypes({ D: W, indices, values: coefficients });

  const [[, d], k] = [W.shape, indices.shape[indices.rank - 1]];
  const output = { shape: [...indices.shape.slice(0, -1), d], dtype: 'float32' as const };
  return allocate(backend, [output], 0, (sums) => {
    const [w, i, c] = [W, indices, coefficients].map((tensor) => addressOf(backend, tensor));
    wasm.weightedRows(w, i, c, sums, d, k, indices.size / k);
  })[0];
}
