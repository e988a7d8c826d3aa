import { expandDims, mul, type Tensor } from '@tensorflow/tfjs-core';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';

/** c xᵀ for each coefficient c: `[…, k]` and `[…, d]` give `[…, k, d]`. */
export function outerRows(coefficients: Tensor, x: Tensor): Tensor {
  assertFits(coefficients.size * (x.shape[x.rank - 1] + 1));
  return mul(expandDims(coefficients, -1), expandDims(x, -2));
}
