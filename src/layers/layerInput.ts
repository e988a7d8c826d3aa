import { broadcastTo, cast, fill, reshape, where, type Tensor } from '@tensorflow/tfjs-core';
import { withoutTape } from '../kernels/runKernel.ts';
import { sort } from '../sort.ts';
import { takeAlongAxis } from '../takeAlongAxis.ts';

/** What tfjs passes to `call` beside the inputs. */
export interface CallArgs {
  training?: boolean;
  mask?: Tensor | Tensor[] | null;
}

/**
 * The mask of x `[b, T, …]`, bool `[b, T]`, if there is one. tfjs also passes the mask of an earlier layer where x has
 * none: it is used if its shape fits.
 */
export function maskOf(args: CallArgs | undefined, x: Tensor): Tensor | undefined {
  const mask = args?.mask && firstOf(args.mask);
  const fits = mask && mask.rank < x.rank && mask.shape.every((size, i) => size === x.shape[i]);
  return fits ? mask : undefined;
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
  return { candidates: takeAlongAxis(where(isStep, x, last), order, axis), order };
}

/** What topk selects last: of the smallest, that is NaN. */
function lastOf(dtype: string, largest: boolean): number {
  if (dtype === 'int32') return largest ? -(2 ** 31) : 2 ** 31 - 1;
  return largest ? -Infinity : NaN;
}
