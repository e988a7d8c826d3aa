import { expandDims, gatherND, tidy, type KernelBackend, type Tensor } from '@tensorflow/tfjs-core';
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
};

function selectedRows({ inputs: { W, indices } }: Call): Tensor {
  checkDataDtypes({ D: W });
  return tidy(() => gatherND(W, expandDims(indices, -1)));
}
