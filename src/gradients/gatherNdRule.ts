import { GatherNd, reshape, scatterND, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import { noGradient } from './noGradient.ts';

/** gather is linear in params, and its transpose is scatter, which sums what repeats. */
export const gatherNdRule: GradConfig = {
  kernelName: GatherNd,
  inputsToSave: ['params', 'indices'],
  gradFunc: (dy, [params, indices]) => ({
    params: () => {
      // As a list of places [N, d] and one slice of params for each: an index of rank 1 has N = 1.
      const d = indices.shape[indices.rank - 1];
      const places = reshape(indices, [-1, d]);
      const slices = reshape(dy as Tensor, [places.shape[0], ...params.shape.slice(d)]);
      return scatterND(places, slices, params.shape);
    },
    indices: noGradient(indices),
  }),
};
