import { util, type Tensor } from '@tensorflow/tfjs-core';
import { formatShape } from '../util/formatShape.ts';
import { assertArg } from './check.ts';

/** The shapes of indices `[k]` or `[b, k]`, coefficients of the same shape, and x `[d]` or `[b, d]`, d ≥ 1. */
export function checkRowSparse([indices, coefficients, x]: Tensor[], n: number): void {
  const shape = formatShape(indices.shape);
  assertArg([1, 2].includes(indices.rank), 'indices', 'be of shape [k] or [b, k]', shape);
  const isAlike = util.arraysEqual(coefficients.shape, indices.shape);
  assertArg(isAlike, 'coefficients', `be of shape ${shape}`, coefficients);
  const batch = indices.shape.slice(0, -1);
  const fits = x.rank === indices.rank && util.arraysEqual(x.shape.slice(0, -1), batch);
  const rule = `be of shape [${[...batch.map(String), 'd'].join()}], d >= 1`;
  assertArg(fits && x.shape[x.rank - 1] > 0, 'x', rule, x);
  assertArg(Number.isInteger(n) && n > 0, 'n', 'be a positive integer', { value: n });
}

/** Throws unless each index is in [0, n). Reads them. */
export function checkRange(indices: Tensor, n: number): void {
  const outside = indices.dataSync<'int32'>().find((i) => i < 0 || i >= n);
  assertArg(outside === undefined, 'indices', `be in [0, ${String(n)})`, String(outside));
}
