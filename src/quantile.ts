import {
  add,
  cast,
  mul,
  reshape,
  slice,
  squeeze,
  stack,
  sub,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import {
  assertArg,
  checkAxis,
  checkNotScalar,
  checkOneOf,
  checkOptionNames,
} from './args/check.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { takeAlong } from './gradients/alongAxis.ts';
import { runKernel, withoutTape } from './kernels/runKernel.ts';
import { OrderStatistics } from './kernels/select/OrderStatistics.ts';
import { formatEntry } from './util/formatEntry.ts';
import { formatShape } from './util/formatShape.ts';
import { swapAxes } from './kernels/swapAxes.ts';

export type Interpolation = 'linear' | 'lower' | 'higher' | 'nearest' | 'midpoint';

export interface QuantileOptions {
  /**
   * The axis along which the quantiles are taken; a negative one counts from the last, −1. Without it, or with null,
   * over all entries.
   */
  axis?: number | null;
  /** What a quantile is between two entries, as NumPy's `method`. */
  interpolation?: Interpolation;
}

/**
 * The q-quantiles along an axis, as `numpy.quantile`: with the entries in ascending order, y₀ ≤ … ≤ yₙ₋₁, the value at
 * h = q (n − 1), which for 'linear' is
 *
 *   y⌊h⌋ + (h − ⌊h⌋) (y⌈h⌉ − y⌊h⌋),
 *
 * for 'midpoint' the mean of the two, and for 'lower', 'higher' and 'nearest' (half to even) one of them. It selects
 * these entries, and sorts only for many q. n has no limit on cpu and wasm; on webgl and webgpu tfjs takes indices
 * through float32, exact below 2²⁴.
 *
 * Differentiable, to any order: the gradient goes to the two entries, by their weights. Of entries that tie with one of
 * them it goes to the one that `sort` puts there, which is a generalized gradient. If any entry is NaN, the quantile is
 * NaN, and its gradient goes to the first NaN.
 *
 * Between two entries of which one is infinite, the interpolation follows NumPy's arithmetic, and may give NaN; 'lower'
 * and 'higher' never do.
 *
 * @param x any shape, float32 or int32, with at least one entry along the axis.
 * @param q a number in [0, 1], or a list of them.
 * @param options `{axis, interpolation = 'linear'}`.
 * @returns float32, of x's shape without the axis, or a scalar without `axis`; for a list of q with one more axis in
 *   front.
 * @throws if an argument is not as described.
 *
 * @example
 * quantile([4, 1, 3, 2], 0.5).print(); // 2.5
 * quantile([[4, 1, 3], [2, 2, 9]], [0, 0.75], { axis: 1 }).print(); // [[1, 2], [3.5, 5.5]]
 */
export function quantile(
  x: Tensor | TensorLike,
  q: number | number[],
  options: QuantileOptions = {},
): Tensor {
  return operation('quantile', () => quantileOf(toTensor(x, 'x'), q, options));
}

/**
 * `quantile` without its name in errors. @param between what lies between two entries, with the weight of the second.
 */
export function quantileOf(
  x: Tensor,
  q: number | number[],
  options: QuantileOptions,
  between = interpolate,
): Tensor {
  checkOptionNames(options, ['axis', 'interpolation']);
  const { axis = null, interpolation = 'linear' } = options;
  checkOneOf(interpolation, ['linear', 'lower', 'higher', 'nearest', 'midpoint'], 'interpolation');
  checkQ(q);
  if (axis !== null) checkNotScalar(x, 'with an axis, x');
  const rows: Tensor = axis === null && x.rank !== 1 ? reshape(x, [-1]) : x;
  const at = checkAxis(axis ?? 0, rows.rank);
  const n = rows.shape[at];
  const where = axis === null ? '' : ' along the axis';
  assertArg(n > 0, 'x', `have entries${where}`, formatShape(x.shape));

  const floats: Tensor = rows.dtype === 'float32' ? rows : cast(rows, 'float32'); // a cast copies on wasm
  if (rows.size === 0) {
    const none = reshape(
      floats,
      rows.shape.filter((_, i) => i !== at),
    );
    return Array.isArray(q) ? stack(q.map(() => none)) : none;
  }
  const places = (Array.isArray(q) ? q : [q]).map((q) => placeOf(q * (n - 1), interpolation));
  const ranks = [...new Set(places.flatMap(({ from, to }) => [from, to]))];
  const entries = orderStatistics(floats, ranks, at);
  const entryAt = (rank: number) => takeAt(entries, ranks.indexOf(rank), at);
  const quantiles = places.map(({ from, to, weight }) =>
    weight === 0 ? entryAt(from) : between(entryAt(from), entryAt(to), weight),
  );
  return Array.isArray(q) ? stack(quantiles) : quantiles[0];
}

function checkQ(q: unknown): void {
  const list: unknown[] = Array.isArray(q) ? q : [q];
  const rule = 'be a number or a list of numbers in [0, 1]';
  assertArg(list.length > 0, 'q', rule, 'an empty list');
  const wrong = list.findIndex((p) => !(typeof p === 'number' && p >= 0 && p <= 1));
  if (Array.isArray(q) && wrong >= 0) {
    assertArg(false, 'q', rule, formatEntry(q[wrong], wrong, [q.length]));
  }
  assertArg(wrong < 0, 'q', rule, { value: q });
}

/** The ranks of the two entries around h, and the weight of the second. */
function placeOf(h: number, interpolation: Interpolation) {
  const [lower, upper] = [Math.floor(h), Math.ceil(h)];
  const isHalf = h - lower === 0.5;
  const nearest = isHalf ? lower + (lower % 2) : Math.round(h);
  const one = { lower, higher: upper, nearest, linear: undefined, midpoint: undefined }[interpolation]; // prettier-ignore
  if (one !== undefined) return { from: one, to: one, weight: 0 };
  const weight = lower === upper ? 0 : interpolation === 'midpoint' ? 0.5 : h - lower;
  return { from: lower, to: upper, weight };
}

/** The entries at these ranks in ascending order, along the axis; their choice is a constant for every gradient. */
function orderStatistics(x: Tensor, ranks: number[], axis: number): Tensor {
  const last = x.rank - 1;
  const indices = withoutTape(() => {
    const [found] = runKernel(OrderStatistics, { x: swapAxes(x, axis, last) }, { ranks });
    return swapAxes(found, axis, last);
  });
  return takeAlong(x, indices, axis);
}

function takeAt(entries: Tensor, place: number, axis: number): Tensor {
  const from = entries.shape.map((_, i) => (i === axis ? place : 0));
  const size = entries.shape.map((size, i) => (i === axis ? 1 : size));
  return squeeze(slice(entries, from, size), [axis]);
}

/** From the nearer of the two, as NumPy does. */
function interpolate(a: Tensor, b: Tensor, weight: number): Tensor {
  const step = sub(b, a);
  return weight < 0.5 ? add(a, mul(step, weight)) : sub(b, mul(step, 1 - weight));
}
