import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { checkAxis, checkBoolean, checkNotScalar, checkOptionNames } from './args/check.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { LARGEST_FIRST, topkAlong } from './gradients/topkAlong.ts';

export interface SortOptions {
  /** The axis to sort along; a negative one counts from the last, −1. */
  axis?: number;
  /** true sorts from the largest to the smallest. */
  descending?: boolean;
}

/**
 * The entries along an axis in order, with their indices, which are argsort: `topk` of all entries, with its total
 * order. NaN is the largest: it comes last, as in NumPy, or first if descending. −0 equals 0, and of equal entries the
 * lower index comes first in both directions: the sort is stable.
 *
 * Differentiable, to any order. With P the permutation matrix of the indices, `values` = P x and dL/dx = Pᵀ dL/dvalues.
 * P is locally constant where no two entries are equal. Equal entries get the gradient of the places that the sort gave
 * them, which is the right one for a loss that is symmetric in them.
 *
 * @param x `[…, n, …]`, rank 1 or higher, float32 or int32, with n along the axis.
 * @param options `{axis = -1, descending = false}`.
 * @returns `values` of x's dtype and `indices`, int32, both of x's shape.
 * @throws if an argument is not as described.
 *
 * @example
 * const { values, indices } = sort([3, 1, NaN, 2]);
 * values.print(); // [1, 2, 3, NaN]
 * indices.print(); // [1, 3, 0, 2]
 */
export function sort<T extends Tensor>(
  x: T | TensorLike,
  options: SortOptions = {},
): { values: T; indices: T } {
  return operation('sort', () => {
    const $x = toTensor(x, 'x') as T;
    checkNotScalar($x, 'x');
    checkOptionNames(options, ['axis', 'descending']);
    const { axis = -1, descending = false } = options;
    checkBoolean(descending, 'descending');
    const at = checkAxis(axis, $x.rank);
    return topkAlong($x, $x.shape[at], { ...LARGEST_FIRST, axis: at, largest: descending });
  });
}
