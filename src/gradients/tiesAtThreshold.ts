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
import { withoutTape } from '../kernels/runKernel.ts';
import { isOnGpu } from '../util/isOnGpu.ts';

/**
 * The entries T = {x = τ} of each row in which only some of T are selected, where τ is the k-th value: true on T
 * and false elsewhere; all false in a row where T is selected as a whole. Constant in x.
 *
 * @param x `[rows, n]`
 * @param values `[rows, k]`, the selected ones, k ≥ 1.
 * @returns `[rows, n]`, bool; undefined if it is known that no row has such a tie.
 */
export function tiesAtThreshold(x: Tensor, values: Tensor, largest: boolean): Tensor | undefined {
  // For one row a scalar: broadcasting a column takes tfjs 20 times as long.
  const perRow = (t: Tensor) => (x.shape[0] === 1 ? reshape(t, []) : t);
  return withoutTape(() => {
    // tf.where on wasm takes the bits of an integer for those of a float.
    const isFloat = values.dtype === 'float32';
    const bounds = isFloat ? where(isNaN(values), largest ? Infinity : -Infinity, values) : values;
    const τ = largest ? min(bounds, -1, true) : max(bounds, -1, true);
    const [tied, tiedSelected] = [x, values].map((t) => equal(t, perRow(τ)));
    const [all, selected] = [tied, tiedSelected].map((t) => sum(cast(t, 'float32'), -1, true));
    const isDivided = greater(all, selected);
    if (!isOnGpu() && !isDivided.dataSync().includes(1)) return undefined;
    return logicalAnd(tied, perRow(isDivided));
  });
}
