import { broadcastTo, cast, fill, reshape, where, type Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { keepWhere } from '../gradients/keepWhere.ts';
import { withoutTape } from '../kernels/runKernel.ts';
import { sort } from '../sort.ts';
import { takeAlongAxis } from '../takeAlongAxis.ts';
import { mayBeMasked } from './mayBeMasked.ts';

/** What tfjs passes to `call` beside the inputs. */
export interface CallArgs {
  training?: boolean;
  mask?: Tensor | Tensor[] | null;
}

/**
 * The mask of x `[b, T, …]`, bool `[b, T]`, if there is one. Where x has none, tfjs passes that of an earlier layer: it
 * is left out if no layer before this one makes masks, or if its shape does not fit. Layers of tfjs that merge make one
 * of shape `[1, b, T]`.
 */
export function maskOf(
  layer: layers.Layer,
  x: Tensor,
  given: CallArgs['mask'],
): Tensor | undefined {
  const mask = given && firstOf(given);
  if (!mask || !mayBeMasked(layer)) return undefined;
  const fits = (shape: number[]) =>
    shape.length > 0 && shape.length < x.rank && shape.every((size, i) => size === x.shape[i]);
  if (fits(mask.shape)) return mask;
  const [first, ...others] = mask.shape;
  return first === 1 && fits(others) ? reshape(mask, others) : undefined;
}

/** tfjs passes one tensor or mask either alone or as a list of one. */
export function firstOf<T extends Tensor | null | undefined>(inputs: T | T[]): T {
  return Array.isArray(inputs) ? inputs[0] : inputs;
}

/** A mask `[b, T]` for each entry of x `[b, T, …]`. */
export function spreadMask(mask: Tensor, shape: number[]): Tensor {
  const ones = shape.slice(mask.rank).map(() => 1);
  return broadcastTo(reshape(mask, [...mask.shape, ...ones]), shape);
}

/**
 * x with the steps that a mask leaves out behind the others along an axis, and last in the order of selection, so that
 * they are selected only where no others are left: of equal entries topk selects the first.
 *
 * @param isStep the mask of each entry of x.
 * @returns `candidates`, and in `order` where each was in x.
 */
export function stepsFirst(x: Tensor, isStep: Tensor, axis: number, largest: boolean) {
  const { indices: order } = withoutTape(() =>
    sort(cast(isStep, 'int32'), { axis, descending: true }),
  );
  const last = fill(x.shape, lastOf(x.dtype, largest), x.dtype as 'int32' | 'float32');
  return {
    candidates: takeAlongAxis(where(isStep, keepWhere(x, isStep), last), order, axis),
    order,
  };
}

/** What topk selects last: of the smallest, that is NaN. */
function lastOf(dtype: string, largest: boolean): number {
  if (dtype === 'int32') return largest ? -(2 ** 31) : 2 ** 31 - 1;
  return largest ? -Infinity : NaN;
}
