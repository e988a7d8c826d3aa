import {
  tidy,
  util,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';
import { addressOf, allocate, dataHasDtype, type WasmBackend } from '../wasm/tfjsMemory.ts';
import { dimsOf, read, type AlongAxis, type Dims, type Numbers } from './AlongAxis.ts';
import { putOnGpu, takeOnGpu } from './onGpu.ts';

interface Call {
  inputs: { x: Tensor; indices: Tensor };
  attrs: AlongAxis;
  backend: KernelBackend;
}

/**
 * Pᵀ P x: the entries of x at the `indices` along an axis in place, and zero elsewhere. The indices are in [0, n), as
 * those of top-k are; they are not checked.
 */
export const KeepAlongAxis: Kernel<Call['inputs'], Call['attrs']> = {
  name: 'KeepAlongAxis',
  any: keep,
  wasm: keepOnWasm,
  webgl: keepOnGpu,
  webgpu: keepOnGpu,
  saved: ({ x, indices }) => x.size + indices.size,
};

function keep({ inputs: { x, indices }, attrs, backend }: Call): TensorInfo {
  const { shape } = x;
  const dtype = x.dtype as 'float32' | 'int32';
  const size = util.sizeFromShape(shape);
  const kept = dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
  keepEach(kept, read(x), read(indices), dimsOf(x, indices, attrs));
  return { dataId: backend.write(kept, shape, dtype), shape, dtype };
}

/** kept[b, indices[b, j, s], s] = x[b, indices[b, j, s], s] */
function keepEach(kept: Numbers, x: Numbers, indices: Numbers, { B, n, k, S }: Dims): void {
  let at = 0;
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < k; j++) {
      for (let s = 0; s < S; s++) {
        const entry = (b * n + indices[at++]) * S + s;
        kept[entry] = x[entry];
      }
    }
  }
}

/** In the memory of wasm, where a loop in JavaScript takes no longer: a copy of k entries after a fill. */
function keepOnWasm(call: Call): TensorInfo {
  const { x, indices } = call.inputs;
  const backend = call.backend as WasmBackend;
  if (![x, indices].every((t) => dataHasDtype(backend, t))) return keep(call);
  const output = { shape: x.shape, dtype: x.dtype as 'float32' | 'int32' };
  return allocate(backend, [output], 0, (address) => {
    const wordsAt = (address: number, size: number) =>
      new Int32Array(backend.wasm.HEAPU8.buffer, address, size);
    const [from, at] = [x, indices].map((t) => wordsAt(addressOf(backend, t), t.size));
    keepEach(wordsAt(address, x.size).fill(0), from, at, dimsOf(x, indices, call.attrs));
  })[0];
}

function keepOnGpu({ inputs: { x, indices }, attrs }: Call): Tensor {
  return tidy(() => {
    const values = takeOnGpu({ inputs: { x, indices }, attrs });
    return putOnGpu({ inputs: { values, indices }, attrs });
  });
}
