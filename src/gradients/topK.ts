import { reshape, TopK, util, zeros, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import { scatterRows } from './scatterRows.ts';

/**
 * topk(y) = P y, where row i of P is one-hot at the i-th selected index. So dL/dy = Pᵀ dL/dv: each
 * upstream entry goes back to the place its value came from, and the rest is zero.
 */
export const topK: GradConfig = {
  kernelName: TopK,
  inputsToSave: ['x'],
  outputsToSave: [true, true],
  gradFunc: (dys, [x, values, indices]) => {
    const [dValues] = dys as Tensor[]; // the other belongs to the indices, which carry no gradient
    return {
      x: () => {
        // For n = 1 tfjs's webgl and webgpu return x itself as values: then dValues is dL/dx
        // already, and what a rule returns would be added to it.
        if (values.dataId === x.dataId) return zeros(x.shape);
        const [n, k] = [x, values].map(({ shape }) => shape[shape.length - 1]);
        const rows = util.sizeFromShape(x.shape.slice(0, -1));
        const updates = reshape(dValues, [rows, k, 1]);
        return reshape(scatterRows(updates, reshape(indices, [rows, k]), n), x.shape);
      },
    };
  },
};
