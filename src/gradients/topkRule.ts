import {
  cast,
  div,
  maximum,
  reshape,
  sum,
  TopK,
  util,
  where,
  zeros,
  zerosLike,
  type GradConfig,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { scatterRows } from './scatterRows.ts';
import { tiesAtThreshold } from './tiesAtThreshold.ts';

/**
 * topk(y) = P y, where row i of P is one-hot at the i-th selected index. So dL/dy = Pᵀ dL/dv: each
 * upstream entry goes back to the place its value came from, and the rest is zero.
 *
 * At a tie across the cut that is a vertex of the subdifferential. With `tieGradient: 'even'` it is
 * averaged over the entries that tie.
 */
export const topkRule: GradConfig = {
  kernelName: TopK,
  inputsToSave: ['x'],
  outputsToSave: [true, true],
  gradFunc: (dys, [x, values, indices], attrs) => {
    const [dValues] = dys as Tensor[]; // the other belongs to the indices, which carry no gradient
    return {
      x: () => {
        // For n = 1 tfjs's webgl and webgpu return x itself as values: then dValues is dL/dx
        // already, and what a rule returns would be added to it.
        if (values.dataId === x.dataId) return zeros(x.shape);
        const [n, k] = [x, values].map(({ shape }) => shape[shape.length - 1]);
        const rows = util.sizeFromShape(x.shape.slice(0, -1));
        const updates = reshape(dValues, [rows, k, 1]);
        const dx = scatterRows(updates, reshape(indices, [rows, k]), n);

        const { tieGradient, largest } = attrs as TieAttrs & typeof attrs;
        if (tieGradient !== 'even' || values.size === 0) return reshape(dx, x.shape);
        const ofRows = (t: Tensor): Tensor => reshape(t, [rows, -1]);
        const tied = tiesAtThreshold(ofRows(x), ofRows(values), largest);
        return reshape(tied ? averageOver(tied, ofRows(dx)) : dx, x.shape);
      },
    };
  },
};

interface TieAttrs {
  tieGradient?: 'first' | 'even';
  largest: boolean;
}

/** In each row the mean over T on T; dx elsewhere. By selection: a product with 0 would spread NaN. */
function averageOver(T: Tensor, dx: Tensor): Tensor {
  const count = sum(cast(T, 'float32'), -1, true);
  const mean = div(sum(where(T, dx, zerosLike(dx)), -1, true), maximum(count, 1));
  return where(T, mean, dx);
}
