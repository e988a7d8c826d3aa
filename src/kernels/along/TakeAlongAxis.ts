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
import { takeOnGpu } from './onGpu.ts';

interface Call {
  inputs: { x: Tensor; indices: Tensor };
  attrs: AlongAxis;
  backend: KernelBackend;
}

/**
 * P x: the entries of x at `indices` along an axis. Indices that are of length 1 in all dimensions after the axis
 * select whole slices of x there.
 */
export const TakeAlongAxis: Kernel<Call['inputs'], Call['attrs']> = {
  name: 'TakeAlongAxis',
  any: take,
  wasm: takeOnWasm,
  webgl: takeOnGpu,
  webgpu: takeOnGpu,
  saved: ({ x, indices }, attrs) =>
    util.sizeFromShape(outputOf(x, indices, attrs).shape) + indices.size,
};

function outputOf(x: TensorInfo, indices: TensorInfo, { axis }: AlongAxis) {
  const shape = withLength(x.shape, axis, indices.shape[axis]);
  return { shape, dtype: x.dtype as 'float32' | 'int32' };
}

function take({ inputs: { x, indices }, attrs, backend }: Call): TensorInfo {
  const { shape, dtype } = outputOf(x, indices, attrs);
  const size = util.sizeFromShape(shape);
  const values = dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
  takeEach(values, read(x), read(indices), dimsOf(x, indices, attrs));
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
  const wasm = wasmFunctions(backend, SELECTION);
  if (!wasm || ![x, indices].every((t) => dataHasDtype(backend, t))) return take(call);
  const { B, n, k, S, C } = dimsOf(x, indices, call.attrs);
  checkRangeOnWasm(wasm, backend, indices, n);
  return allocate(backend, [outputOf(x, indices, call.attrs)], 0, (values) => {
    const [from, at] = [x, indices].map((t) => addressOf(backend, t));
    wasm.takeAlongAxis(from, at, values, B, n, k, S, C);
  })[0];
}
