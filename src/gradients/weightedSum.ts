import { expandDims, matMul, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { zerosFrom } from '../util/zerosFrom.ts';

/** Rᵀ c: the rows `[…, k, d]`, each times its coefficient `[…, k]`, added up: `[…, d]`. */
export function weightedSum(rows: Tensor, coefficients: Tensor): Tensor {
  const shape = [...rows.shape.slice(0, -2), ...rows.shape.slice(-1)];
  if (rows.size === 0) return zerosFrom([rows, coefficients], shape);
  return reshape(matMul(expandDims(coefficients, -2), rows), shape);
}
