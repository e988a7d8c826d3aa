import {
  expandDims,
  gatherND,
  tidy,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { readFloats } from '../readFloats.ts';
import type { Kernel } from '../runKernel.ts';
import { checkDataDtypes } from './checkDataDtypes.ts';

interface Call {
  inputs: { W: Tensor; indices: Tensor };
  backend: KernelBackend;
}

/** P W: the rows `[…, k, d]` of W `[n, d]` at the indices `[…, k]`. Its gradient needs only the shape of W. */
export const SelectedRows: Kernel<Call['inputs'], { shape: number[] }> = {
  name: 'SelectedRows',
  saved: ({ W, indices }) => indices.size * (1 + W.size / W.shape[0]),
  any: selectedRows,
  cpu: selectedRowsOnCpu,
};

/** A loop takes a tenth of the time of tfjs's gatherND. */
function selectedRowsOnCpu({ inputs: { W, indices }, backend }: Call): TensorInfo {
  const d = W.size / W.shape[0];
  const w = readFloats(W);
  const rows = new Float32Array(indices.size * d);
  indices.dataSync<'int32'>().forEach((row, i) => {
    rows.set(w.subarray(row * d, (row + 1) * d), i * d);
  });
  const shape = [...indices.shape, d];
  return { dataId: backend.write(rows, shape, 'float32'), shape, dtype: 'float32' };
}

function selectedRows({ inputs: { W, indices } }: Call): Tensor {
  checkDataDtypes({ D: W });
  return tidy(() => gatherND(W, expandDims(indices, -1)));
}
