import { GatherNd, reshape, scatterND, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import { noGradient } from './noGradient.ts';

/** gather is linear in params. Its transpose is scatter, which adds up repeated indices. */
export const gatherNdRule: GradConfig = {
  kernelName: GatherNd,
  inputsToSave: ['params', 'indices'],
  gradFunc: (dy, [params, indices]) => ({
    params: () => {
      // As a list of indices [N, d] with one slice of params each; indices of rank 1 have N = 1.
      const d = indices.shape[indices.rank - 1];
      const list = reshape(indices, [-1, d]);
      const slices = reshape(dy as Tensor, [list.shape[0], ...params.shape.slice(d)]);
      return scatterND(list, slices, params.shape);
    },
    indices: noGradient(indices),
  }),
};
