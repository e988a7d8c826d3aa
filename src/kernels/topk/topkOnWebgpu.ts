import { util, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Selection } from '../select/Selection.ts';
import { gatherValues } from '../webgpu/gatherValues.ts';
import { rankRows } from '../webgpu/rankRows.ts';
import type { WebgpuBackend } from '../webgpu/runProgram.ts';
import { chunkSize, selectChunks } from '../webgpu/selectChunks.ts';
import { MIN_RUN, selectRuns } from '../webgpu/selectRuns.ts';
import { sortRows } from '../webgpu/sortRows.ts';
import { topkOnCpu } from './topkOnCpu.ts';

/**
 * Top-k along the last axis on webgpu, where the data stay. Rows are reduced, chunk by chunk, to candidates that
 * certainly contain the k first, until a workgroup can sort them. A row of which more than half is selected is sorted
 * as a whole. Small inputs that are not on the device yet are left to the processor, as tfjs does.
 */
export function topkOnWebgpu(call: {
  inputs: { x: TensorInfo };
  attrs: Selection;
  backend: KernelBackend;
}): TensorInfo[] {
  const { x } = call.inputs;
  const { k, largest = true } = call.attrs;
  const backend = call.backend as WebgpuBackend;
  const size = util.sizeFromShape(x.shape);
  if (k === 0 || size === 0 || backend.shouldExecuteOnCPU([x])) return topkOnCpu(call);

  const n = x.shape[x.shape.length - 1];
  const order = { rows: size / n, n, largest, dtype: x.dtype };
  const matrix = { dataId: x.dataId, dtype: x.dtype, shape: [order.rows, n] };
  let candidates: TensorInfo | undefined;
  const dispose = (info: TensorInfo | undefined) => info && backend.disposeData(info.dataId);
  let m = n;
  for (let select = selectionOf(m, k); select !== undefined; select = selectionOf(m, k)) {
    const fewer = select(backend, matrix, candidates, order, k);
    dispose(candidates);
    candidates = fewer;
    m = fewer.shape[1];
  }
  const sort = m <= RANKED_UP_TO ? rankRows : sortRows;
  const indices = sort(backend, matrix, candidates, order, k);
  dispose(candidates);
  const values = gatherValues(backend, matrix, indices);
  const shape = [...x.shape.slice(0, -1), k];
  return [
    { ...values, shape },
    { ...indices, shape },
  ];
}

/** How to go on with m candidates: by threads for a very small k, by workgroups, or not at all, but to sort them. */
function selectionOf(m: number, k: number) {
  if (k <= 4) return m > MIN_RUN ? selectRuns : undefined;
  return m > RANKED_UP_TO && 2 * k <= Math.min(m, chunkSize(k)) ? selectChunks : undefined;
}

/** So many candidates are compared each with each. */
const RANKED_UP_TO = 128;
