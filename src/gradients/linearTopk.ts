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
import { addRows } from './addRows.ts';
import { weightedSum } from './weightedSum.ts';

/**
 * topk(W x), differentiable in W and x. The selection runs off the tape. For a gradient, `values` enter the
 * tape as a function of R = P W and x, so that tfjs keeps R and not W, which it would copy on wasm:
 *
 *   values = R x,   R = P W.
 *
 * @param W `[n, d]`
 * @param x `[d]` or `[b, d]`
 */
export function linearTopk(W: Tensor, x: Tensor, k: number): { values: Tensor; indices: Tensor } {
  const [values, indices] = withoutTape(() => select(W, x, k));
  if (!isTaped()) return { values, indices };
  const rows = selectRows(W, indices);
  return { values: runKernel(SelectedProducts, { rows, x, values }, {})[0], indices };
}

/** d(R x)/dR = xᵀ for each row of R, and d(R x)/dx = R. */
export const selectedProductsRule: GradConfig = {
  kernelName: SelectedProducts.name,
  inputsToSave: ['rows', 'x'],
  gradFunc: (dy, [rows, x]) => ({
    rows: () => mul(expandDims(dy as Tensor, -1), expandDims(x, -2)),
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
  return runKernel(SelectedRows, { W, indices }, { shape: W.shape })[0];
}

function select(W: Tensor, x: Tensor, k: number): Tensor[] {
  const shape = [...x.shape.slice(0, -1), k];
  if (k === 0 || x.size === 0) return [zeros(shape), zeros(shape, 'int32')];
  return runKernel(LinearTopK, { W, x }, { k });
}
