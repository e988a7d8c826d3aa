import { gatherND, ScatterNd, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import { noGradient } from './noGradient.ts';

/** scatter is linear in its updates. Its transpose is gather: dL/dupdates = dL/dy[indices]. */
export const scatterNdRule: GradConfig = {
  kernelName: ScatterNd,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices]) => ({
    updates: () => gatherND(dy as Tensor, indices),
    indices: noGradient(indices),
  }),
};
