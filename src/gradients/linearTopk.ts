import {
  clone,
  expandDims,
  gather,
  mul,
  reshape,
  slice,
  zeros,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { LinearProducts } from '../kernels/linear/LinearProducts.ts';
import { LinearTopK, type LinearInputs } from '../kernels/linear/LinearTopK.ts';
import { SelectedProducts } from '../kernels/linear/SelectedProducts.ts';
import { SelectedRows } from '../kernels/linear/SelectedRows.ts';
import { isTaped, runKernel, withoutTape, type Rule } from '../kernels/runKernel.ts';
import { TotalOrderTopK } from '../kernels/topk/TotalOrderTopK.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { addRows } from './addRows.ts';
import { addsByProduct, denseRows } from './denseRows.ts';
import { noGradient } from './noGradient.ts';
import { keepWhere } from './keepWhere.ts';
import { selectAcrossBatch } from './selectAcrossBatch.ts';
import { takeFirst, selectThroughTies } from './selectThroughTies.ts';
import { topkRule, type TieGradient } from './topkRule.ts';
import { weightedSum } from './weightedSum.ts';

export interface LinearSettings {
  tieGradient: TieGradient;
  /** Whether the b·k largest entries of the whole batch are selected. */
  acrossBatch: boolean;
}

/**
 * topk(Wx + bias), differentiable in W, x and bias. The selection runs off the tape. For a gradient, `values` enter the
 * tape as a function of R = P W, x and P bias, so that tfjs keeps R and not W, which it would copy on wasm:
 *
 *   values = R x + P bias,   R = P W.
 *
 * Where a product is the faster way to dL/dW, they enter as a function of W itself.
 *
 * With tieGradient 'even', P selects all entries that tie at the threshold as well, and top-k of their products shares
 * the gradient.
 *
 * @returns `candidates`: products `[…, K]` and indices of all selected rows, and `isSelected`, bool, if some are not; `values` and `indices` `[…, k]`, which are the same tensors if K = k.
 */
export function linearTopk(inputs: LinearInputs, k: number, settings: LinearSettings) {
  const selection = withoutTape(() => select(inputs, k, settings));
  const { values, indices, isSelected } = selection;
  const taped = isTaped() ? products(inputs, indices, values) : values;
  const candidates = {
    values: isSelected ? keepWhere(taped, isSelected) : taped,
    indices,
    isSelected,
  };
  if (isSelected || indices.shape[indices.rank - 1] === k) {
    return { values: candidates.values, indices, candidates };
  }
  return {
    values: topkOfCandidates(candidates.values, k, settings.tieGradient),
    indices: takeFirst(indices, k),
    candidates,
  };
}

/** The k largest of candidates that are sorted already. */
export function topkOfCandidates(values: Tensor, k: number, tieGradient: TieGradient): Tensor {
  const attrs = { k, largest: true, sorted: true, tieGradient };
  return runKernel(TotalOrderTopK, { x: values }, attrs, topkRule)[0];
}

function select(
  inputs: LinearInputs,
  k: number,
  { tieGradient, acrossBatch }: LinearSettings,
): Selected {
  const shape = [...inputs.x.shape.slice(0, -1), k];
  if (k === 0 || inputs.x.size === 0)
    return { values: zeros(shape), indices: zeros(shape, 'int32') };
  if (acrossBatch) return selectAcrossBatch(inputs, k);
  const [values, indices] =
    tieGradient === 'even' ? selectThroughTies(inputs, k) : runKernel(LinearTopK, inputs, { k });
  return { values, indices };
}

interface Selected {
  values: Tensor;
  indices: Tensor;
  isSelected?: Tensor;
}

/** P (Wx + bias), the values of which are known. */
function products({ W, x, bias }: LinearInputs, indices: Tensor, values: Tensor): Tensor {
  const known = bias ? { x, values, bias: selectEntries(bias, indices) } : { x, values };
  if (addsByProduct(indices)) {
    return runKernel(LinearProducts, { W, indices, ...known }, {}, linearProductsRule)[0];
  }
  const inputs = { rows: selectRows(W, indices), ...known };
  return runKernel(SelectedProducts, inputs, {}, selectedProductsRule)[0];
}

/** d(P W x)/dW without R between: dL/dW = Pᵀ (dL/dv xᵀ). */
const linearProductsRule: Rule = {
  inputsToSave: ['W', 'indices', 'x'],
  gradFunc: (dy, [W, indices, x]) => ({
    W: () => denseRows([indices, dy as Tensor, x], W.shape as [number, number]),
    indices: noGradient(indices),
    x: () => weightedSum(selectRows(W, indices), dy as Tensor),
    bias: () => clone(dy as Tensor),
  }),
};

/** d(R x)/dR = xᵀ for each row of R, and d(R x)/dx = R; the bias is added. */
const selectedProductsRule: Rule = {
  inputsToSave: ['rows', 'x'],
  gradFunc: (dy, [rows, x]) => ({
    rows: () => {
      assertFits(rows.size);
      return mul(expandDims(dy as Tensor, -1), expandDims(x, -2));
    },
    x: () => weightedSum(rows, dy as Tensor),
    bias: () => clone(dy as Tensor),
  }),
};

/** d(P W)/dW = Pᵀ: each row goes back to its index, and the rest is zero. */
const selectedRowsRule: Rule = {
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => ({
    W: () => addRows(dy as Tensor, indices, (attrs as ShapeAttrs).shape),
    indices: noGradient(indices),
  }),
};

interface ShapeAttrs extends NamedAttrMap {
  shape: [n: number, d: number];
}

/** P bias: `[…, k]`. */
function selectEntries(bias: Tensor, indices: Tensor): Tensor {
  return indices.size > 0 ? gather(bias, indices) : reshape(slice(bias, 0, 0), indices.shape);
}

/** P W: `[…, k, d]`. */
export function selectRows(W: Tensor, indices: Tensor): Tensor {
  if (indices.size === 0) return reshape(slice(W, 0, 0), [...indices.shape, ...W.shape.slice(1)]);
  assertFits(indices.size * (W.size / W.shape[0]));
  return runKernel(SelectedRows, { W, indices }, { shape: W.shape }, selectedRowsRule)[0];
}
