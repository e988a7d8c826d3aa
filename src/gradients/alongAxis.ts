import { reshape, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import type { AlongAxis } from '../kernels/along/AlongAxis.ts';
import { KeepAlongAxis } from '../kernels/along/KeepAlongAxis.ts';
import { PutAlongAxis } from '../kernels/along/PutAlongAxis.ts';
import { TakeAlongAxis } from '../kernels/along/TakeAlongAxis.ts';
import { runKernel } from '../kernels/runKernel.ts';
import { noGradient } from './noGradient.ts';

/** P x: the entries of x at indices along an axis, which counts from the first. */
export function takeAlong(x: Tensor, indices: Tensor, axis: number): Tensor {
  return runKernel(TakeAlongAxis, { x, indices }, { axis, n: x.shape[axis] })[0];
}

/** Pᵀ v: zeros, n along the axis, with the values added at the indices. */
export function putAlong(values: Tensor, indices: Tensor, n: number, axis: number): Tensor {
  return runKernel(PutAlongAxis, { values, indices }, { axis, n })[0];
}

/** Pᵀ P x: the entries of x at different indices in place, and zero elsewhere. */
export function keepAlong(x: Tensor, indices: Tensor, axis: number): Tensor {
  return runKernel(KeepAlongAxis, { x, indices }, { axis, n: x.shape[axis] })[0];
}

/**
 * The transpose of selecting from each of B rows: zeros `[B, n, m]`, to which each `updates[b, j, :]` is added
 * at `[b, indices[b, j], :]`.
 *
 * @param updates `[B, J, m]`
 * @param indices `[B, J]`, int32, each in [0, n)
 */
export function scatterRows(updates: Tensor, indices: Tensor, n: number): Tensor {
  return putAlong(updates, reshape(indices, [...indices.shape, 1]), n, 1);
}

/** d(P x)/dx = Pᵀ. tfjs keeps the indices alone. */
export const takeAlongAxisRule: GradConfig = {
  kernelName: TakeAlongAxis.name,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => ({
    x: () => runKernel(PutAlongAxis, { values: dy as Tensor, indices }, attrs as AlongAxis)[0],
    indices: noGradient(indices),
  }),
};

/** d(Pᵀ v)/dv = P. */
export const putAlongAxisRule: GradConfig = {
  kernelName: PutAlongAxis.name,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => ({
    values: () => runKernel(TakeAlongAxis, { x: dy as Tensor, indices }, attrs as AlongAxis)[0],
    indices: noGradient(indices),
  }),
};

/** d(Pᵀ P x)/dx = Pᵀ P. */
export const keepAlongAxisRule: GradConfig = {
  kernelName: KeepAlongAxis.name,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => ({
    x: () => runKernel(KeepAlongAxis, { x: dy as Tensor, indices }, attrs as AlongAxis)[0],
    indices: noGradient(indices),
  }),
};
