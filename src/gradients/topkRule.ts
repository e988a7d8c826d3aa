import {
  cast,
  customGrad,
  div,
  fill,
  maximum,
  reshape,
  TopK,
  util,
  where,
  zeros,
  type GradConfig,
  type GradSaveFunc,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { rowTotals } from '../kernels/soft/rowTotals.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { OperationError } from '../util/OperationError.ts';
import { putAlong } from './alongAxis.ts';
import { tiesAtThreshold } from './tiesAtThreshold.ts';

export type TieGradient = 'first' | 'even';

interface TieAttrs extends NamedAttrMap {
  tieGradient: TieGradient;
  largest: boolean;
}

/**
 * topk(y) = P y, where row i of P is one-hot at the i-th selected index. So dL/dy = Pᵀ dL/dv: each upstream
 * entry goes back to the index that its value came from, and the rest is zero.
 *
 * With `tieGradient: 'even'`, entries that tie at the threshold share what the selected ones of them get. The
 * values must be sorted.
 */
export const topkRule: GradConfig = {
  kernelName: TopK,
  inputsToSave: ['x'],
  outputsToSave: [true, true],
  gradFunc: (dys, [x, values, indices], attrs) => {
    const [dValues] = dys as Tensor[]; // the other belongs to the indices, which carry no gradient
    return {
      x: () => {
        // For n = 1 tfjs's webgl and webgpu return x itself as values: then dValues is dL/dx already, and
        // tfjs would add to it what a rule returns.
        // Of integers dValues are the zeros, of their dtype, that tfjs fills in, unless a cast passes it a gradient.
        if (values.dataId === x.dataId || dValues.dtype !== 'float32') return zeros(x.shape);
        const n = x.shape[x.rank - 1];
        const rows = util.sizeFromShape(x.shape.slice(0, -1));
        const asRows = (t: Tensor): Tensor => reshape(t, [rows, t.shape[t.rank - 1]]);
        const dx = putAlong(asRows(dValues), asRows(indices), n, 1);

        const { tieGradient, largest } = attrs as TieAttrs;
        if (tieGradient !== 'even' || values.size === 0) return reshape(dx, x.shape);
        assertFits(8 * x.size);
        const tied = tiesAtThreshold(asRows(x), asRows(values), largest);
        return reshape(tied ? shareEvenly(tied, dx) : dx, x.shape);
      },
    };
  },
};

/**
 * In each row the mean over T on T, and dx elsewhere. It has no second order on T: there, the derivative of a mean over
 * the selected entries is no element of the generalized Hessian.
 */
function shareEvenly(T: Tensor, dx: Tensor): Tensor {
  const share = customGrad((...inputs: (Tensor | GradSaveFunc)[]) => {
    const [dx, save] = inputs as [Tensor, GradSaveFunc];
    if (isOnGpu()) save([T]); // elsewhere T is not needed, and on wasm its clone would count as a leak
    return { value: averageOver(T, dx), gradFunc: (upstream, saved) => order2(upstream, saved) };
  });
  return share(dx);
}

function order2(upstream: Tensor, [T]: Tensor[]): Tensor {
  if (isOnGpu()) return where(T, fill(T.shape, NaN), upstream); // whether T is empty is not read there
  throw new OperationError("tieGradient 'even' has no gradient of order 2 at a tie: use 'first'");
}

/** By selection: a product with 0 would spread NaN. */
function averageOver(T: Tensor, dx: Tensor): Tensor {
  const count = rowTotals(cast(T, 'float32'));
  const mean = div(rowTotals(where(T, dx, 0)), maximum(count, 1));
  return where(T, mean, dx);
}
