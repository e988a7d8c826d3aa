import { gatherND, ScatterNd, zeros, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';

/** scatter is linear in its updates, and its transpose is gather: dL/dupdates = dL/dy[indices]. */
export const scatterNd: GradConfig = {
  kernelName: ScatterNd,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices]) => ({
    updates: () => gatherND(dy as Tensor, indices),
    indices: () => zeros(indices.shape), // asked for where they depend on x, as top-k's do
  }),
};
