import { TopK, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import { scatterAlongLastAxis } from './scatterAlongLastAxis.ts';

/**
 * topk(y) = P_S y, where P_S is one-hot at the selected indices S. So dL/dy = P_Sᵀ dL/dv:
 * each upstream entry goes back to the place its value came from, and the rest is zero.
 */
export const topK: GradConfig = {
  kernelName: TopK,
  inputsToSave: ['x'],
  outputsToSave: [false, true],
  gradFunc: (dys, [x, indices]) => {
    const [dValues] = dys as Tensor[]; // the other belongs to the indices, which carry no gradient
    return { x: () => scatterAlongLastAxis(dValues, indices, x.shape) };
  },
};
