import {
  cast,
  equal,
  greater,
  isNaN,
  max,
  min,
  mul,
  sum,
  where,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { untaped } from './untaped.ts';

/**
 * Where the k-th value τ of a row ties across the cut, so that only some of T = {x = τ} are selected:
 * 1 on T, and 0 elsewhere. All 0 in a row without such a tie. Constant in x.
 *
 * @param x `[rows, n]`
 * @param values `[rows, k]`, the selected ones, k ≥ 1.
 * @returns `[rows, n]`, float32.
 */
export function tiesAtCut(x: Tensor, values: Tensor, largest: boolean): Tensor {
  return untaped(() => {
    const τ = largest
      ? min(where(isNaN(values), Infinity, values), -1, true)
      : max(where(isNaN(values), -Infinity, values), -1, true);
    const [tied, selected] = [x, values].map((t) => cast(equal(t, τ), 'float32'));
    const isAcross = greater(sum(tied, -1, true), sum(selected, -1, true));
    return mul(tied, cast(isAcross, 'float32'));
  });
}
