import { clone, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { recordUses, RowUses } from './rowUses.ts';
import { partials } from './vjp.ts';

/** A product dyᵀ ∂f/∂D in two parts, which add up to it. */
export interface ProductByRows {
  /** Of the weighted sums of rows of D (combineRows): [indices, c, dL/dy] of each, for Pᵀ (c dL/dyᵀ). */
  byRows: Tensor[][];
  /** Of all else that f does with D; null if there is nothing. */
  dense: Tensor | null;
}

/**
 * Reverse mode, as `vjp`: the product for x, and one for each of the matrices, of which weighted sums of rows
 * contribute only these rows.
 */
export function vjpByRows(
  f: (x: Tensor) => Tensor,
  x: Tensor,
  matrices: Tensor[],
  dy: Tensor,
): [Tensor, ProductByRows[]] {
  const inputs = [x, ...matrices];
  const record = new RowUses(matrices);
  try {
    const recorded = () => {
      const value = recordUses(record, () => f(x));
      inputs.push(...record.uses.map(({ y }) => y));
      return value;
    };
    const [dx, ...others] = partials(recorded, inputs, dy);
    const parts = record.uses.map(({ D, indices, c, y }, i) => ({
      D,
      parts: [clone(indices), clone(c), others[matrices.length + i] ?? zeros(y.shape)],
    }));
    const products = matrices.map((matrix, i) => ({
      byRows: parts.filter(({ D }) => D === matrix).map(({ parts }) => parts),
      dense: others[i],
    }));
    return [dx ?? zeros(x.shape), products];
  } finally {
    record.dispose();
  }
}
