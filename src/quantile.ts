import { add, mul, reshape, sub, util, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import {
  assertArg,
  checkAxis,
  checkNotScalar,
  checkOneOf,
  checkOptionNames,
} from './args/check.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { quantilesAt, type Place } from './gradients/quantilesAt.ts';
import { toFloats } from './kernels/toFloats.ts';
import { assertFits } from './kernels/wasm/tfjsMemory.ts';
import { formatEntry } from './util/formatEntry.ts';
import { formatShape } from './util/formatShape.ts';

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
 * these entries, or sorts where that is faster: for several q. n has no limit on cpu and wasm; on webgl and webgpu tfjs
 * takes indices through float32, exact below 2²⁴.
 *
 * Differentiable, to any order: the gradient goes to the two entries, by their weights. Of entries that tie with one of
 * them it goes to the one that `sort` puts there, which is a generalized gradient. If any entry is NaN, the quantile is
 * NaN, and its gradient goes to the first NaN.
 *
 * Between two entries of which one is infinite, the interpolation follows NumPy's arithmetic, and may give NaN; 'lower'
 * and 'higher' never do. At an entry itself, where h is an integer, it is that entry; NumPy gives NaN there beside an
 * infinite one.
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
  const at = axis === null ? 0 : checkAxis(axis, x.rank);
  const shape = axis === null ? [x.size] : x.shape;
  const [n, before, after] = [shape[at], shape.slice(0, at), shape.slice(at + 1)];
  const where = axis === null ? '' : ' along the axis';
  assertArg(n > 0, 'x', `have entries${where}`, formatShape(x.shape));

  assertFits(2 * x.size); // cast, and reshaped, of which tfjs keeps a copy for a gradient
  const floats = toFloats(x, 'x');
  const of = Array.isArray(q) ? [q.length] : [];
  if (x.size === 0) return reshape(floats, [...of, ...before, ...after]);
  // Of rank 2 or 3, since from rank 7 on tfjs's arithmetic fails on wasm, without a word.
  const [outer, inner] = [before, after].map((sizes) => util.sizeFromShape(sizes));
  const places = (Array.isArray(q) ? q : [q]).map((q) => placeOf(q * (n - 1), interpolation));
  const rows = reshape(floats, inner === 1 ? [outer, n] : [outer, n, inner]);
  const found = quantilesAt(places, rows, between);
  return reshape(found, [...of, ...before, ...after]);
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

function placeOf(h: number, interpolation: Interpolation): Place {
  const [lower, upper] = [Math.floor(h), Math.ceil(h)];
  const isHalf = h - lower === 0.5;
  const nearest = isHalf ? lower + (lower % 2) : Math.round(h);
  const one = { lower, higher: upper, nearest, linear: undefined, midpoint: undefined }[interpolation]; // prettier-ignore
  if (one !== undefined || lower === upper) {
    return { near: one ?? lower, far: one ?? lower, weight: 0 };
  }
  const weight = interpolation === 'midpoint' ? 0.5 : h - lower;
  return weight < 0.5
    ? { near: lower, far: upper, weight }
    : { near: upper, far: lower, weight: 1 - weight };
}

/** From the nearer of the two, as NumPy does. */
function interpolate(near: Tensor, far: Tensor, weight: Tensor): Tensor {
  return add(near, mul(sub(far, near), weight));
}
