import {
  cast,
  customGrad,
  div,
  equal,
  greater,
  max,
  maximum,
  min,
  mul,
  sum,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * Where the k-th value τ of a row ties across the cut: T = {x = τ}, of which only r < |T| are
 * selected.
 *
 * @param x `[rows, n]`
 * @param values `[rows, k]`, the selected ones, k ≥ 1.
 * @returns `share` `[rows, n]`, 1 / |T| on T, and `selected` `[rows, k]`, 1 where a value is τ; both
 *   are 0 in a row without such a tie, and constant in x.
 */
export function tiesAtCut(
  x: Tensor,
  values: Tensor,
  largest: boolean,
): { share: Tensor; selected: Tensor } {
  const constantIn = (f: (x: Tensor, values: Tensor) => Tensor) =>
    customGrad((x, values) => ({
      value: f(x as Tensor, values as Tensor),
      gradFunc: () => [zeros((x as Tensor).shape), zeros((values as Tensor).shape)],
    }))(x, values);

  const equalsCut = (t: Tensor, values: Tensor) => {
    const τ = largest ? min(values, -1, true) : max(values, -1, true);
    return cast(equal(t, τ), 'float32');
  };
  const isTie = (sizeOfT: Tensor, values: Tensor) =>
    cast(greater(sizeOfT, sum(equalsCut(values, values), -1, true)), 'float32');

  return {
    share: constantIn((x, values) => {
      const tied = equalsCut(x, values);
      const sizeOfT = sum(tied, -1, true);
      return mul(tied, div(isTie(sizeOfT, values), maximum(sizeOfT, 1)));
    }),
    selected: constantIn((x, values) => {
      const sizeOfT = sum(equalsCut(x, values), -1, true);
      return mul(equalsCut(values, values), isTie(sizeOfT, values));
    }),
  };
}
