import { util, type KernelBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';
import { SELECTION } from '../wasm/binaries.ts';
import {
  addressOf,
  allocate,
  dataHasDtype,
  wasmFunctions,
  type WasmBackend,
} from '../wasm/tfjsMemory.ts';
import {
  checkRange,
  checkRangeOnWasm,
  dimsOf,
  read,
  withLength,
  type AlongAxis,
  type Dims,
  type Numbers,
} from './AlongAxis.ts';
import { putOnGpu } from './onGpu.ts';

interface Call {
  inputs: { values: Tensor; indices: Tensor };
  attrs: AlongAxis;
  backend: KernelBackend;
}

/**
 * Pᵀ v, the transpose of TakeAlongAxis: zeros, n along an axis, to which the values are added at the `indices`. Indices
 * that are of length 1 in all dimensions after the axis add whole slices.
 */
export const PutAlongAxis: Kernel<Call['inputs'], Call['attrs']> = {
  name: 'PutAlongAxis',
  any: put,
  wasm: putOnWasm,
  webgl: putOnGpu,
  webgpu: putOnGpu,
  saved: ({ values, indices }, attrs) =>
    util.sizeFromShape(outputOf(values, attrs).shape) + indices.size,
};

function outputOf(values: TensorInfo, { axis, n }: AlongAxis) {
  const shape = withLength(values.shape, axis, n);
  return { shape, dtype: values.dtype as 'float32' | 'int32' };
}

function put(call: Call): TensorInfo {
  const { values, indices } = call.inputs;
  const { shape, dtype } = outputOf(values, call.attrs);
  const size = util.sizeFromShape(shape);
  const sums = dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
  putEach(sums, read(values), read(indices), dimsOf(values, indices, call.attrs));
  return { dataId: call.backend.write(sums, shape, dtype), shape, dtype };
}

/** sums[b, indices[b, j, s], s, :] += values[b, j, s, :] */
function putEach(sums: Numbers, values: Numbers, indices: Numbers, { B, n, k, S, C }: Dims): void {
  checkRange(indices, n);
  let [from, at] = [0, 0];
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < k; j++) {
      for (let s = 0; s < S; s++) {
        const to = ((b * n + indices[at++]) * S + s) * C;
        for (let c = 0; c < C; c++) sums[to + c] += values[from++];
      }
    }
  }
}

function putOnWasm(call: Call): TensorInfo {
  const { values, indices } = call.inputs;
  const backend = call.backend as WasmBackend;
  const wasm = wasmFunctions(backend, SELECTION);
  if (!wasm || ![values, indices].every((t) => dataHasDtype(backend, t))) return put(call);
  const { B, n, k, S, C } = dimsOf(values, indices, call.attrs);
  checkRangeOnWasm(wasm, backend, indices, n);
  return allocate(backend, [outputOf(values, call.attrs)], 0, (sums) => {
    const [from, at] = [values, indices].map((t) => addressOf(backend, t));
    wasm.putAlongAxis(from, at, sums, values.dtype === 'float32', B, n, k, S, C);
  })[0];
}
