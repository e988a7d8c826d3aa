import {
  engine,
  expandDims,
  getBackend,
  matMul,
  mul,
  reshape,
  scatterND,
  slice,
  type GradConfig,
  type Tensor,
} from '@tensorflow/tfjs-core';
import {
  provideSelectedProducts,
  SelectedProducts,
  SelectedRows,
} from '../kernels/linear/SelectedRows.ts';
import { provideWeightedRows, WeightedRows } from '../kernels/linear/WeightedRows.ts';
import { scatterRows } from './scatterRows.ts';
import { isTaped } from './withoutTape.ts';
import { zerosFrom } from '../util/zerosFrom.ts';

/**
 * P W x, of which the values are known already, as a function of W and x. Row i of P is one-hot at
 * `indices[i]`. On the way to a gradient, only P W is kept: tfjs would keep W, and on wasm copy it.
 *
 * @param W `[n, d]`
 * @param x `[…, d]`
 * @param indices `[…, k]`
 * @param values `[…, k]`
 */
export function selectedProducts(W: Tensor, x: Tensor, indices: Tensor, values: Tensor): Tensor {
  const rows = selectRows(W, indices);
  return engine().runKernel(SelectedProducts, { rows, x, values });
}

/** With R = P W: d(R x)/dR = xᵀ for each row, and d(R x)/dx = R. */
export const productsRule: GradConfig = {
  kernelName: SelectedProducts,
  inputsToSave: ['rows', 'x'],
  gradFunc: (dy, [rows, x]) => ({
    rows: () => mul(expandDims(dy as Tensor, -1), expandDims(x, -2)),
    x: () => weightedSum(rows, dy as Tensor),
  }),
};

/** d(P W)/dW = Pᵀ: each row goes back to its place, and the rest is zero. */
export const rowsRule: GradConfig = {
  kernelName: SelectedRows,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => ({
    W: () =>
      addRows(dy as Tensor, indices, (attrs as { shape: [number, number] } & typeof attrs).shape),
  }),
};

/** P W: `[…, k, d]`. */
function selectRows(W: Tensor, indices: Tensor): Tensor {
  if (indices.size === 0) return reshape(slice(W, 0, 0), [...indices.shape, ...W.shape.slice(1)]);
  provideSelectedProducts();
  return engine().runKernel(SelectedRows, { W, indices }, { shape: W.shape });
}

/** (P W)ᵀ c, for coefficients c `[…, k]`: `[…, d]`. */
export function weightedRows(W: Tensor, indices: Tensor, coefficients: Tensor): Tensor {
  if (isTaped() || indices.size === 0) return weightedSum(selectRows(W, indices), coefficients);
  provideWeightedRows();
  return engine().runKernel(WeightedRows, { W, indices, coefficients });
}

/** Pᵀ times rows `[…, k, d]`: zeros of this shape `[n, d]` with the rows added at the indices. */
export function addRows(rows: Tensor, indices: Tensor, [n, d]: [number, number]): Tensor {
  if (rows.size > 0 && getBackend() !== 'webgl') {
    return scatterND(reshape(indices, [-1, 1]), reshape(rows, [-1, d]), [n, d]);
  }
  return reshape(scatterRows(reshape(rows, [1, -1, d]), reshape(indices, [1, -1]), n), [n, d]);
}

/** Each of the rows times its coefficient, added up: from `[…, k, d]` and `[…, k]` to `[…, d]`. */
function weightedSum(rows: Tensor, coefficients: Tensor): Tensor {
  const shape = [...rows.shape.slice(0, -2), ...rows.shape.slice(-1)];
  if (rows.size === 0) return zerosFrom(coefficients, shape);
  return reshape(matMul(expandDims(coefficients, -2), rows), shape);
}
