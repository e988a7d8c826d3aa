import { expandDims, mul, type Tensor } from '@tensorflow/tfjs-core';
import { checkDataDtypes } from '../kernels/linear/checkDataDtypes.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { zerosFrom } from '../util/zerosFrom.ts';

/** c xᵀ for each coefficient c: `[…, k]` and `[…, d]` give `[…, k, d]`. */
export function outerRows(coefficients: Tensor, x: Tensor): Tensor {
  const d = x.shape[x.rank - 1];
  // tfjs's rule for mul fails where there is nothing.
  if (coefficients.size === 0) return zerosFrom([coefficients, x], [...coefficients.shape, d]);
  checkDataDtypes({ coefficients, x });
  assertFits(coefficients.size * (d + 1));
  return mul(expandDims(coefficients, -1), expandDims(x, -2));
}
