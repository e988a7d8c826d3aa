import {
  add,
  mul,
  reshape,
  sub,
  sum,
  TopK,
  util,
  zeros,
  type GradConfig,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { scatterRows } from './scatterRows.ts';
import { tiesAtCut } from './tiesAtCut.ts';

/**
 * topk(y) = P y, where row i of P is one-hot at the i-th selected index. So dL/dy = Pᵀ dL/dv: each
 * upstream entry goes back to the place its value came from, and the rest is zero.
 *
 * At a tie across the cut that is one vertex of the subdifferential. With `tieGradient: 'even'`, what
 * goes to the selected ones of the tied entries is shared by all of them: its element of least norm.
 */
export const topK: GradConfig = {
  kernelName: TopK,
  inputsToSave: ['x'],
  outputsToSave: [true, true],
  gradFunc: (dys, [x, values, indices], attrs) => {
    const [dValues] = dys as Tensor[]; // the other belongs to the indices, which carry no gradient
    const { tieGradient, largest } = attrs as TieAttrs & typeof attrs;
    return {
      x: () => {
        // For n = 1 tfjs's webgl and webgpu return x itself as values: then dValues is dL/dx
        // already, and what a rule returns would be added to it.
        if (values.dataId === x.dataId) return zeros(x.shape);
        const [n, k] = [x, values].map(({ shape }) => shape[shape.length - 1]);
        const rows = util.sizeFromShape(x.shape.slice(0, -1));
        const places = reshape(indices, [rows, k]);
        const dv = reshape(dValues, [rows, k]);
        const transposed = (dv: Tensor) =>
          reshape(scatterRows(reshape(dv, [rows, k, 1]), places, n), [rows, n]);
        if (tieGradient !== 'even' || values.size === 0) return reshape(transposed(dv), x.shape);

        const xRows: Tensor = reshape(x, [rows, n]);
        const { share, selected } = tiesAtCut(xRows, reshape(values, [rows, k]), largest);
        const ofTies = mul(dv, selected);
        const shared = mul(share, sum(ofTies, -1, true));
        return reshape(add(transposed(sub(dv, ofTies)), shared), x.shape);
      },
    };
  },
};

interface TieAttrs {
  tieGradient?: 'first' | 'even';
  largest: boolean;
}
