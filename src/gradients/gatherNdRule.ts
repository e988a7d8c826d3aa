import {
  GatherNd,
  reshape,
  scatterND,
  util,
  type GradConfig,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { addRows } from './addRows.ts';
import { noGradient } from './noGradient.ts';

/** gather is linear in params. Its transpose is scatter, which adds up repeated indices. */
export const gatherNdRule: GradConfig = {
  kernelName: GatherNd,
  inputsToSave: ['params', 'indices'],
  gradFunc: (dy, [params, indices]) => ({
    params: () => {
      // As a list of indices [N, d] with one slice of params each; indices of rank 1 have N = 1.
      const d = indices.shape[indices.rank - 1];
      if (d === 1) {
        const sliceSize = util.sizeFromShape(params.shape.slice(1));
        const rows = reshape(dy as Tensor, [indices.size, sliceSize]);
        return reshape(addRows(rows, indices, [params.shape[0], sliceSize]), params.shape);
      }
      const list = reshape(indices, [-1, d]);
      const slices = reshape(dy as Tensor, [list.shape[0], ...params.shape.slice(d)]);
      return scatterND(list, slices, params.shape);
    },
    indices: noGradient(indices),
  }),
};
