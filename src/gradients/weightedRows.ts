import type { Tensor } from '@tensorflow/tfjs-core';
import { WeightedRows } from '../kernels/linear/WeightedRows.ts';
import { isTaped, runKernel } from '../kernels/runKernel.ts';
import { selectRows } from './linearTopk.ts';
import { weightedSum } from './weightedSum.ts';

/** (P W)ᵀ c: the rows of W `[n, d]` at `indices`, weighted by c, both `[…, k]`, and added up: `[…, d]`. */
export function weightedRows(W: Tensor, indices: Tensor, coefficients: Tensor): Tensor {
  if (isTaped() || indices.size === 0) return weightedSum(selectRows(W, indices), coefficients);
  return runKernel(WeightedRows, { W, indices, coefficients }, {})[0];
}
