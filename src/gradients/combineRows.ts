import { customGrad, range, reshape, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core';
import { RowProducts } from '../kernels/linear/RowProducts.ts';
import { WeightedRows } from '../kernels/linear/WeightedRows.ts';
import { isTaped, runKernel, withoutTape, type Rule } from '../kernels/runKernel.ts';
import { denseRows } from './denseRows.ts';
import { noGradient } from './noGradient.ts';
import { usesOf } from './rowUses.ts';
import { selectRows } from './selectRows.ts';

/** (P W)ᵀ c: the rows of W `[n, d]` at `indices`, weighted by c, both `[…, k]`, and added up: `[…, d]`. */
export function combineRows(W: Tensor, indices: Tensor, c: Tensor): Tensor {
  const uses = usesOf(W);
  if (!uses) return combine(W, indices, c);
  return uses.add(W, indices, c, (kept) => combineConstantRows(W, kept, c));
}

function combine(W: Tensor, indices: Tensor, c: Tensor): Tensor {
  const rows = keptRows(W, indices);
  return runKernel(WeightedRows, { ...rows, coefficients: c }, {}, weightedRowsRule)[0];
}

/** The same as a function of c only. If its gradient is differentiated again, W is an input of that. */
function combineConstantRows(W: Tensor, indices: Tensor, c: Tensor): Tensor {
  const inC = customGrad((...inputs: (Tensor | GradSaveFunc)[]) => ({
    value: combine(W, indices, inputs[0] as Tensor),
    gradFunc: (dy: Tensor) => multiplyRows(W, indices, dy),
  }));
  return inC(c);
}

/** (P W) x: the product of each row at `indices` `[…, k]` with x `[…, d]`: `[…, k]`. */
function multiplyRows(W: Tensor, indices: Tensor, x: Tensor): Tensor {
  return runKernel(RowProducts, { ...keptRows(W, indices), x }, {}, rowProductsRule)[0];
}

/** tfjs keeps W for a gradient, on wasm a copy: then W is only the selected rows, if these are fewer. */
function keptRows(W: Tensor, indices: Tensor): { W: Tensor; indices: Tensor } {
  const areFewer = indices.size > 0 && indices.size < W.shape[0];
  if (!isTaped() || !areFewer) return { W, indices };
  const { size, shape } = indices;
  const [flat, places] = withoutTape(() => [
    reshape(indices, [-1]),
    reshape(range(0, size, 1, 'int32'), shape),
  ]);
  return { W: selectRows(W, flat), indices: places };
}

/** With y = (P W)ᵀ c: dL/dW = Pᵀ (c dL/dyᵀ), dL/dc = P W dL/dy. */
const weightedRowsRule: Rule = {
  inputsToSave: ['W', 'indices', 'coefficients'],
  gradFunc: (dy, [W, indices, c]) => ({
    W: () => denseRows([indices, c, dy as Tensor], W.shape as [number, number]),
    indices: noGradient(indices),
    coefficients: () => multiplyRows(W, indices, dy as Tensor),
  }),
};

/** With v = (P W) x: dL/dW = Pᵀ (dL/dv xᵀ), dL/dx = (P W)ᵀ dL/dv. */
export const rowProductsRule: Rule = {
  inputsToSave: ['W', 'indices', 'x'],
  gradFunc: (dy, [W, indices, x]) => ({
    W: () => denseRows([indices, dy as Tensor, x], W.shape as [number, number]),
    indices: noGradient(indices),
    x: () => combineRows(W, indices, dy as Tensor),
  }),
};
