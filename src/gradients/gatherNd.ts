import { GatherNd, scatterND, zeros, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';

/** gather is linear in params, and its transpose is scatter, which sums what repeats. */
export const gatherNd: GradConfig = {
  kernelName: GatherNd,
  inputsToSave: ['params', 'indices'],
  gradFunc: (dy, [params, indices]) => ({
    params: () => scatterND(indices, dy as Tensor, params.shape),
    indices: () => zeros(indices.shape), // asked for where they depend on x, as top-k's do
  }),
};
