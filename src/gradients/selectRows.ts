import { reshape, slice, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import { SelectedRows } from '../kernels/linear/SelectedRows.ts';
import { runKernel, type Rule } from '../kernels/runKernel.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { addRows } from './addRows.ts';
import { noGradient } from './noGradient.ts';

/** P W: the rows of W `[n, d]` at indices `[…, k]`, as `[…, k, d]`. */
export function selectRows(W: Tensor, indices: Tensor): Tensor {
  if (indices.size === 0) return reshape(slice(W, 0, 0), [...indices.shape, ...W.shape.slice(1)]);
  assertFits(indices.size * (W.size / W.shape[0]));
  return runKernel(SelectedRows, { W, indices }, { shape: W.shape }, selectedRowsRule)[0];
}

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
