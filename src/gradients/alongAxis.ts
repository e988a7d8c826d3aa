import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import type { AlongAxis } from '../kernels/along/AlongAxis.ts';
import { KeepAlongAxis } from '../kernels/along/KeepAlongAxis.ts';
import { PutAlongAxis } from '../kernels/along/PutAlongAxis.ts';
import { TakeAlongAxis } from '../kernels/along/TakeAlongAxis.ts';
import { runKernel, type Rule } from '../kernels/runKernel.ts';
import { noGradient } from './noGradient.ts';

/** P x: the entries of x at indices along an axis, which counts from the first. */
export function takeAlong(x: Tensor, indices: Tensor, axis: number): Tensor {
  const attrs = { axis, n: x.shape[axis] };
  return runKernel(TakeAlongAxis, { x, indices }, attrs, takeAlongAxisRule)[0];
}

/** Pᵀ v: zeros, n along the axis, with the values added at the indices. */
export function putAlong(values: Tensor, indices: Tensor, n: number, axis: number): Tensor {
  return runKernel(PutAlongAxis, { values, indices }, { axis, n }, putAlongAxisRule)[0];
}

/** Pᵀ P x: the entries of x at different indices in place, and zero elsewhere. */
export function keepAlong(x: Tensor, indices: Tensor, axis: number): Tensor {
  const attrs = { axis, n: x.shape[axis] };
  return runKernel(KeepAlongAxis, { x, indices }, attrs, keepAlongAxisRule)[0];
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

/** d(P x)/dx = Pᵀ. tfjs keeps only the indices. */
const takeAlongAxisRule: Rule = {
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => {
    const { axis, n } = attrs as AlongAxis;
    return { x: () => putAlong(dy as Tensor, indices, n, axis), indices: noGradient(indices) };
  },
};

/** d(Pᵀ v)/dv = P. */
const putAlongAxisRule: Rule = {
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => {
    const { axis } = attrs as AlongAxis;
    return { values: () => takeAlong(dy as Tensor, indices, axis), indices: noGradient(indices) };
  },
};

/** d(Pᵀ P x)/dx = Pᵀ P. */
const keepAlongAxisRule: Rule = {
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices], attrs) => {
    const { axis } = attrs as AlongAxis;
    return { x: () => keepAlong(dy as Tensor, indices, axis), indices: noGradient(indices) };
  },
};
