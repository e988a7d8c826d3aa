import {
  type KernelBackend,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { readFloats } from '../readFloats.ts';
import type { Kernel } from '../runKernel.ts';
import { SELECTION } from '../wasm/binaries.ts';
import {
  addressOf,
  allocate,
  dataHasDtype,
  wasmFunctions,
  type WasmBackend,
} from '../wasm/tfjsMemory.ts';
import { orderStatisticsOnGpu } from './orderStatisticsOnGpu.ts';
import { selectRanks } from './selectRanks.ts';
import { sortRanks } from './sortRanks.ts';

interface Ranks extends NamedAttrMap {
  ranks: number[];
}

interface Call {
  inputs: { x: Tensor };
  attrs: Ranks;
  backend: KernelBackend;
}

/**
 * The indices `[…, R]` of the entries that a stable ascending sort of the last axis of x, float32, puts at R ranks. In
 * a row with NaN each is that of the first one. Not empty.
 */
export const OrderStatistics: Kernel<Call['inputs'], Ranks> = {
  name: 'OrderStatistics',
  any: orderStatistics,
  wasm: orderStatisticsOnWasm,
  webgl: orderStatisticsOnGpu,
  webgpu: orderStatisticsOnGpu,
};

function outputOf(x: TensorInfo, { ranks }: Ranks) {
  return { shape: [...x.shape.slice(0, -1), ranks.length], dtype: 'int32' as const };
}

function orderStatistics({ inputs: { x }, attrs, backend }: Call): TensorInfo {
  const output = outputOf(x, attrs);
  const n = x.shape[x.rank - 1];
  const find = areMany(attrs.ranks, n) ? sortRanks : selectRanks;
  const indices = find(readFloats(x), n, attrs.ranks);
  return { dataId: backend.write(indices, output.shape, 'int32'), ...output };
}

/** Whether one sort takes less time than a selection for each rank. Measured on cpu and wasm, n from 100 to 10⁶. */
function areMany(ranks: number[], n: number): boolean {
  return ranks.length > Math.min(2 + n / 2 ** 15, 12);
}

/** Each by a pass over x, of which a sample shows what few entries have to be compared. */
function orderStatisticsOnWasm(call: Call): TensorInfo {
  const { x } = call.inputs;
  const { ranks } = call.attrs;
  const backend = call.backend as WasmBackend;
  const n = x.shape[x.rank - 1];
  const wasm = areMany(ranks, n) ? undefined : wasmFunctions(backend, SELECTION);
  if (!wasm || !dataHasDtype(backend, x)) return orderStatistics(call);
  return allocate(backend, [outputOf(x, call.attrs)], 2 * n, (indices, scratch) => {
    const address = addressOf(backend, x);
    ranks.forEach((rank, j) => {
      const [to, stride] = [indices + 4 * j, 4 * ranks.length];
      wasm.orderStatistic(address, x.size / n, n, rank, to, stride, scratch);
    });
  })[0];
}
