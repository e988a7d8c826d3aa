import { engine, tidy, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { checkK } from './args/checkK.ts';
import { checkOptionNames } from './args/checkOptionNames.ts';
import { registerGradients } from './gradients/registerGradients.ts';
import { provideTotalOrderTopK, TotalOrderTopK } from './kernels/topk/TotalOrderTopK.ts';
import { formatValue } from './util/formatValue.ts';
import { swapAxes } from './util/swapAxes.ts';
import { toTensor } from './args/toTensor.ts';

export interface TopkOptions {
  /** The axis to select along; a negative one counts from the last, −1. */
  axis?: number;
  /** false selects the smallest, least first. NaN stays the greatest, so it comes last. */
  largest?: boolean;
  /** false leaves the order of the k results open. */
  sorted?: boolean;
  /**
   * What the gradient is in a row where entries tie across the cut, so that only some of them are
   * selected. 'first' gives it to those that are, the ones of lowest index. 'even' shares it equally
   * by all of them; for a loss that is symmetric in the values that is the element of least norm of
   * the Clarke subdifferential. NaN is no number that could tie: it keeps its own.
   */
  tieGradient?: 'first' | 'even';
}

/**
 * The k largest entries along an axis, greatest first, with their indices. On every backend the
 * order is total: NaN is the greatest, −0 equals 0, and of equal entries the lower index is
 * selected first and stands first.
 *
 * Differentiable, to any order: for a vector, `values` = P x, where row i of the selection matrix P
 * is one-hot at `indices[i]`, and dL/dx = Pᵀ dL/dvalues. The indices carry no gradient. P depends
 * on x, so the function is piecewise linear. Which entries are selected stays the same nearby where
 * the k-th and the (k+1)-th entry differ (see `selectionMargin`), and so does P where the selected
 * entries differ from one another, too; a loss that is symmetric in them needs only the first. At a
 * tie the result is an element of the Clarke subdifferential: the gradient of the selection made, or
 * with `tieGradient: 'even'` its mean over the entries that tie (see `topkSubdifferential`).
 *
 * On the GPU, webgl and webgpu make two exceptions, which are those of their arithmetic: numbers
 * nearer to 0 than 1.2e-38 may equal 0, and integers are exact to 2²⁴ only, values as well as
 * order, because they are read as float32.
 *
 * @param x `[…, n, …]`, rank 1 or higher, float32 or int32, with n along the axis.
 * @param k an integer in [0, n].
 * @param options `{axis = -1, largest = true, sorted = true, tieGradient = 'first'}`.
 * @returns `values` of x's dtype and `indices`, int32, both `[…, k, …]`.
 * @throws if x is a scalar or not numeric, the axis is not one of x, k is not in [0, n], or an
 *   option is not as described.
 */
export function topk<T extends Tensor>(
  x: T | TensorLike,
  k: number,
  options: TopkOptions = {},
): { values: T; indices: T } {
  registerGradients();
  return tidy(() => {
    const $x = toTensor(x, 'x', 'topk');
    if ($x.rank === 0) throw new Error('topk: x must be of rank 1 or higher, got a scalar');
    const { axis, largest, sorted, tieGradient } = checkOptions(options, $x.rank);
    const last = $x.rank - 1;
    checkK(k, $x.shape[axis], 'topk');

    provideTotalOrderTopK();
    const inputs = { x: swapAxes($x, axis, last) };
    const attrs = { k, largest, sorted, tieGradient };
    const outputs = engine().runKernel<Tensor[]>(TotalOrderTopK, inputs, attrs);
    const [values, indices] = outputs.map((output) => swapAxes(output, axis, last) as T);
    return { values, indices };
  });
}

/** The options with their defaults, and the axis counted from the first. */
function checkOptions(options: TopkOptions, rank: number): Required<TopkOptions> {
  checkOptionNames(options, ['axis', 'largest', 'sorted', 'tieGradient'], 'topk');
  const { axis = -1, largest = true, sorted = true, tieGradient = 'first' } = options;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    const range = `[${String(-rank)}, ${String(rank - 1)}]`;
    throw new Error(`topk: axis must be an integer in ${range}, got ${formatValue(axis)}`);
  }
  for (const [name, value] of Object.entries({ largest, sorted })) {
    if (typeof value !== 'boolean') {
      throw new Error(`topk: ${name} must be a boolean, got ${formatValue(value)}`);
    }
  }
  if (!['first', 'even'].includes(tieGradient)) {
    throw new Error(`topk: tieGradient must be 'first' or 'even', got ${formatValue(tieGradient)}`);
  }
  return { axis: axis < 0 ? axis + rank : axis, largest, sorted, tieGradient };
}
