import { clone, gather, reshape, slice, type Tensor } from '@tensorflow/tfjs-core';
import { LinearProducts } from '../kernels/linear/LinearProducts.ts';
import type { LinearInputs } from '../kernels/linear/LinearTopK.ts';
import { SelectedProducts } from '../kernels/linear/SelectedProducts.ts';
import { runKernel, type Rule } from '../kernels/runKernel.ts';
import { rowProductsRule } from './combineRows.ts';
import { addsByProduct } from './denseRows.ts';
import { outerRows } from './outerRows.ts';
import { selectRows } from './selectRows.ts';
import { weightedSum } from './weightedSum.ts';

/**
 * P (Wx + bias), the values of which are known, differentiable in W, x and bias. They enter the tape as a function of
 * R = P W, x and P bias, so that tfjs keeps R and not W, which it would copy on wasm:
 *
 *   values = R x + P bias,   R = P W.
 *
 * Where a product is the faster way to dL/dW, they enter as a function of W itself.
 */
export function linearProducts({ W, x, bias }: LinearInputs, indices: Tensor, values: Tensor) {
  const known = bias ? { x, values, bias: selectEntries(bias, indices) } : { x, values };
  if (addsByProduct(indices)) {
    return runKernel(LinearProducts, { W, indices, ...known }, {}, linearProductsRule)[0];
  }
  const inputs = { rows: selectRows(W, indices), ...known };
  return runKernel(SelectedProducts, inputs, {}, selectedProductsRule)[0];
}

/** P bias: `[…, k]`. */
function selectEntries(bias: Tensor, indices: Tensor): Tensor {
  return indices.size > 0 ? gather(bias, indices) : reshape(slice(bias, 0, 0), indices.shape);
}

/** That of (P W) x, and the bias is added. */
const linearProductsRule: Rule = {
  inputsToSave: ['W', 'indices', 'x'],
  gradFunc: (dy, saved, attrs) => ({
    ...rowProductsRule.gradFunc(dy, saved, attrs),
    bias: () => clone(dy as Tensor),
  }),
};

/** d(R x)/dR = xᵀ for each row of R, and d(R x)/dx = R; the bias is added. */
const selectedProductsRule: Rule = {
  inputsToSave: ['rows', 'x'],
  gradFunc: (dy, [rows, x]) => ({
    rows: () => outerRows(dy as Tensor, x),
    x: () => weightedSum(rows, dy as Tensor),
    bias: () => clone(dy as Tensor),
  }),
};
