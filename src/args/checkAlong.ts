import { util, type Tensor } from '@tensorflow/tfjs-core';
import { formatShape } from '../util/formatShape.ts';
import { assertArg } from './check.ts';

/** Throws unless indices have the shape of x, except along the axis; after it they may be of length 1 throughout. */
export function checkAlong(indices: Tensor, x: Tensor, axis: number): void {
  const selectsSlices = indices.shape.slice(axis + 1).every((size) => size === 1);
  const isAlike = (size: number, i: number) =>
    i === axis || size === x.shape[i] || (i > axis && selectsSlices);
  const fits = indices.rank === x.rank && indices.shape.every(isAlike);
  const shape = x.shape.map((size, i) => (i === axis ? 'k' : String(size)));
  assertArg(
    fits,
    'indices',
    () => `be of shape [${shape.join()}] for x ${formatShape(x.shape)}`,
    indices,
  );
}

/** Throws unless indices have the shape of values. */
export function checkSameShape(indices: Tensor, values: Tensor): void {
  const fits = util.arraysEqual(indices.shape, values.shape);
  assertArg(
    fits,
    'indices',
    () => `be of the shape of values, ${formatShape(values.shape)}`,
    indices,
  );
}
