import { util, type KernelBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';
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
  type Dims,
  type Numbers,
} from './AlongAxis.ts';
import { takeOnGpu } from './onGpu.ts';

interface Call {
  inputs: { x: Tensor; indices: Tensor };
  attrs: { n: number };
  backend: KernelBackend;
}

/**
 * P x: from x `[B, n, I]` the entries at `indices` `[B, k, I]` of the middle axis, `[B, k, I]`. Indices `[B, k, 1]` select
 * whole rows.
 */
export const TakeAlongAxis: Kernel<Call['inputs'], Call['attrs']> = {
  name: 'TakeAlongAxis',
  any: take,
  wasm: takeOnWasm,
  webgl: takeOnGpu,
  webgpu: takeOnGpu,
  saved: (inputs) => util.sizeFromShape(outputOf(inputs).shape) + inputs.indices.size,
};

function outputOf({ x, indices }: Record<'x' | 'indices', TensorInfo>) {
  const shape = [x.shape[0], indices.shape[1], x.shape[2]];
  return { shape, dtype: x.dtype as 'float32' | 'int32' };
}

function take({ inputs, attrs: { n }, backend }: Call): TensorInfo {
  const { shape, dtype } = outputOf(inputs);
  const dims = dimsOf(inputs.x, inputs.indices, n);
  const size = util.sizeFromShape(shape);
  const values = dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
  takeEach(values, read(inputs.x), read(inputs.indices), dims);
  return { dataId: backend.write(values, shape, dtype), shape, dtype };
}

/** values[b, j, s, :] = x[b, indices[b, j, s], s, :] */
function takeEach(values: Numbers, x: Numbers, indices: Numbers, { B, n, k, S, C }: Dims): void {
  checkRange(indices, n);
  let [to, at] = [0, 0];
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < k; j++) {
      for (let s = 0; s < S; s++) {
        const from = ((b * n + indices[at++]) * S + s) * C;
        for (let c = 0; c < C; c++) values[to++] = x[from + c];
      }
    }
  }
}

function takeOnWasm(call: Call): TensorInfo {
  const { x, indices } = call.inputs;
  const backend = call.backend as WasmBackend;
  const wasm = wasmFunctions(backend);
  if (!wasm || ![x, indices].every((t) => dataHasDtype(backend, t))) return take(call);
  const { B, n, k, S, C } = dimsOf(x, indices, call.attrs.n);
  checkRangeOnWasm(wasm, backend, indices, n);
  return allocate(backend, [outputOf(call.inputs)], 0, (values) => {
    const [from, at] = [x, indices].map((t) => addressOf(backend, t));
    wasm.takeAlongAxis(from, at, values, B, n, k, S, C);
  })[0];
}
