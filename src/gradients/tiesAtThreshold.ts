import {
  cast,
  equal,
  greater,
  isNaN,
  logicalAnd,
  max,
  min,
  reshape,
  sum,
  where,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { isOnGpu } from '../util/isOnGpu.ts';
import { withoutTape } from './withoutTape.ts';

/**
 * Where the k-th value τ of a row ties across the cut, so that only some of T = {x = τ} are selected:
 * true on T, and false elsewhere. All false in a row without such a tie. Constant in x.
 *
 * @param x `[rows, n]`
 * @param values `[rows, k]`, the selected ones, k ≥ 1.
 * @returns `[rows, n]`, bool; undefined where it is known that no row has one.
 */
export function tiesAtThreshold(x: Tensor, values: Tensor, largest: boolean): Tensor | undefined {
  // For one row a scalar: tfjs takes 20 times as long for a column.
  const ofRow = (t: Tensor) => (x.shape[0] === 1 ? reshape(t, []) : t);
  return withoutTape(() => {
    const τ = largest
      ? min(where(isNaN(values), Infinity, values), -1, true)
      : max(where(isNaN(values), -Infinity, values), -1, true);
    const [tied, selected] = [x, values].map((t) => equal(t, ofRow(τ)));
    const [of, among] = [tied, selected].map((t) => sum(cast(t, 'float32'), -1, true));
    const isAcross = greater(of, among);
    if (!isOnGpu() && !isAcross.dataSync().includes(1)) return undefined;
    return logicalAnd(tied, ofRow(isAcross));
  });
}
