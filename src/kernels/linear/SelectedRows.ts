import { expandDims, gatherND, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';

/** P W: the rows `[…, k, d]` of W `[n, d]` at the indices `[…, k]`. Its gradient needs only the shape of W. */
export const SelectedRows: Kernel<{ W: Tensor; indices: Tensor }, { shape: number[] }> = {
  name: 'SelectedRows',
  saved: ({ W, indices }) => indices.size * (1 + W.size / W.shape[0]),
  any: ({ inputs: { W, indices } }) => tidy(() => gatherND(W, expandDims(indices, -1))),
};
