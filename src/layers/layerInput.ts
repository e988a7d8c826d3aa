import { broadcastTo, reshape, type Tensor } from '@tensorflow/tfjs-core';

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
