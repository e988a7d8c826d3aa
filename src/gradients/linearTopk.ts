import {
  expandDims,
  mul,
  reshape,
  slice,
  zeros,
  type GradConfig,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { LinearTopK } from '../kernels/linear/LinearTopK.ts';
import { SelectedProducts } from '../kernels/linear/SelectedProducts.ts';
import { SelectedRows } from '../kernels/linear/SelectedRows.ts';
import { isTaped, runKernel, withoutTape } from '../kernels/runKernel.ts';
import { TotalOrderTopK } from '../kernels/topk/TotalOrderTopK.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { addRows } from './addRows.ts';
import { takeFirst, selectThroughTies } from './selectThroughTies.ts';
import type { TieGradient } from './topkRule.ts';
import { weightedSum } from './weightedSum.ts';

/**
 * topk(W x), differentiable in W and x. The selection runs off the tape. For a gradient, `values` enter the tape as a
 * function of R = P W and x, so that tfjs keeps R and not W, which it would copy on wasm:
 *
 *   values = R x,   R = P W.
 *
 * With tieGradient 'even', P selects all entries that tie at the threshold as well, and top-k of their products shares
 * the gradient.
 *
 * @param W `[n, d]`
 * @param x `[d]` or `[b, d]`
 * @returns `candidates`: products `[…, K]` and indices of all selected rows; `values` and `indices` `[…, k]`, which are
 *   the same tensors if K = k.
 */
export function linearTopk(W: Tensor, x: Tensor, k: number, tieGradient: TieGradient = 'first') {
  const [values, indices] = withoutTape(() => select(W, x, k, tieGradient));
  const candidates = { values: isTaped() ? products(W, x, indices, values) : values, indices };
  if (indices.shape[indices.rank - 1] === k) return { ...candidates, candidates };
  return {
    values: topkOfCandidates(candidates.values, k, tieGradient),
    indices: takeFirst(indices, k),
    candidates,
  };
}

/** The k largest of candidates that are sorted already. */
export function topkOfCandidates(values: Tensor, k: number, tieGradient: TieGradient): Tensor {
  return runKernel(
    TotalOrderTopK,
    { x: values },
    { k, largest: true, sorted: true, tieGradient },
  )[0];
}

function select(W: Tensor, x: Tensor, k: number, tieGradient: TieGradient): Tensor[] {
  const shape = [...x.shape.slice(0, -1), k];
  if (k === 0 || x.size === 0) return [zeros(shape), zeros(shape, 'int32')];
  if (tieGradient === 'even') return selectThroughTies(W, x, k);
  return runKernel(LinearTopK, { W, x }, { k });
}

/** P W x, the values of which are known. */
function products(W: Tensor, x: Tensor, indices: Tensor, values: Tensor): Tensor {
  return runKernel(SelectedProducts, { rows: selectRows(W, indices), x, values }, {})[0];
}

/** d(R x)/dR = xᵀ for each row of R, and d(R x)/dx = R. */
export const selectedProductsRule: GradConfig = {
  kernelName: SelectedProducts.name,
  inputsToSave: ['rows', 'x'],
  gradFunc: (dy, [rows, x]) => ({
    rows: () => {
      assertFits(rows.size);
      return mul(expandDims(dy as Tensor, -1), expandDims(x, -2));
    },
    x: () => weightedSum(rows, dy as Tensor),
  }),
};

/** d(P W)/dW = Pᵀ: each row goes back to its index, and the rest is zero. */
export const selectedRowsRule: GradConfig = {
  kernelName: SelectedRows.name,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => ({
    W: () => addRows(dy as Tensor, indices, (attrs as ShapeAttrs).shape),
  }),
};

interface ShapeAttrs extends NamedAttrMap {
  shape: [n: number, d: number];
}

/** P W: `[…, k, d]`. */
export function selectRows(W: Tensor, indices: Tensor): Tensor {
  if (indices.size === 0) return reshape(slice(W, 0, 0), [...indices.shape, ...W.shape.slice(1)]);
  assertFits(indices.size * (W.size / W.shape[0]));
  return runKernel(SelectedRows, { W, indices }, { shape: W.shape })[0];
}
