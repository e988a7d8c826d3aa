import {
  reshape,
  util,
  type GradConfig,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { PutAlongAxis } from '../kernels/along/PutAlongAxis.ts';
import { TakeAlongAxis } from '../kernels/along/TakeAlongAxis.ts';
import { runKernel } from '../kernels/runKernel.ts';
import { noGradient } from './noGradient.ts';

interface AlongAttrs extends NamedAttrMap {
  n: number;
}

/** P x, of the shape of `indices`: the entries of x at them along an axis, which counts from the first. */
export function takeAlong(x: Tensor, indices: Tensor, axis: number): Tensor {
  const inputs = { x: around(x, axis), indices: around(indices, axis) };
  const [values] = runKernel(TakeAlongAxis, inputs, { n: x.shape[axis] });
  return reshape(values, indices.shape);
}

/** Pᵀ v: zeros, n along the axis, with the values added at the `indices`, of the same shape. */
export function putAlong(values: Tensor, indices: Tensor, n: number, axis: number): Tensor {
  const inputs = { values: around(values, axis), indices: around(indices, axis) };
  const [sums] = runKernel(PutAlongAxis, inputs, { n });
  const shape = values.shape.map((size, i) => (i === axis ? n : size));
  return reshape(sums, shape);
}

/**
 * The transpose of selecting from each of B rows: zeros `[B, n, m]`, to which each `updates[b, j, :]` is added
 * at `[b, indices[b, j], :]`.
 *
 * @param updates `[B, J, m]`
 * @param indices `[B, J]`, int32, each in [0, n)
 */
export function scatterRows(updates: Tensor, indices: Tensor, n: number): Tensor {
  const inputs = { values: updates, indices: reshape(indices, [...indices.shape, 1]) };
  return runKernel(PutAlongAxis, inputs, { n })[0];
}

/** d(P x)/dx = Pᵀ, and P of that again. */
export const takeAlongAxisRule: GradConfig = {
  kernelName: TakeAlongAxis.name,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => ({
    x: () => runKernel(PutAlongAxis, { values: dy as Tensor, indices }, attrs as AlongAttrs)[0],
    indices: noGradient(indices),
  }),
};

/** d(Pᵀ v)/dv = P. */
export const putAlongAxisRule: GradConfig = {
  kernelName: PutAlongAxis.name,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => ({
    values: () => runKernel(TakeAlongAxis, { x: dy as Tensor, indices }, attrs as AlongAttrs)[0],
    indices: noGradient(indices),
  }),
};

/** The dimensions before, along and after the axis. */
function around(t: Tensor, axis: number): Tensor {
  const [before, after] = [t.shape.slice(0, axis), t.shape.slice(axis + 1)];
  return reshape(t, [util.sizeFromShape(before), t.shape[axis], util.sizeFromShape(after)]);
}
