import {
  cast,
  gather,
  getBackend,
  range,
  reshape,
  scatterND,
  stack,
  tidy,
  tile,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { swapAxes } from '../swapAxes.ts';
import { runKernel } from '../runKernel.ts';
import { ScatterRows } from '../webgl/ScatterRows.ts';
import { dimsOf, withLength, type AlongAxis } from './AlongAxis.ts';

/** TakeAlongAxis on webgl and webgpu. */
export function takeOnGpu(call: {
  inputs: { x: Tensor; indices: Tensor };
  attrs: AlongAxis;
}): Tensor {
  const { x, indices } = call.inputs;
  const { B, n, k, S, C } = dimsOf(x, indices, call.attrs);
  const shape = withLength(x.shape, call.attrs.axis, k);
  return tidy(() => {
    if (B * k * S * C === 0) return zeros(shape, x.dtype as 'float32' | 'int32');
    const [rows, at] = [rowsOf(x, B, n, S, C), rowsOf(indices, B, k, S, 1)];
    const values: Tensor = gather(rows, reshape(at, [B * S, k]), 1, 1);
    return fromRows(values, shape, [B, k, S]);
  });
}

/** PutAlongAxis on webgl and webgpu. */
export function putOnGpu(call: {
  inputs: { values: Tensor; indices: Tensor };
  attrs: AlongAxis;
}): Tensor {
  const { values, indices } = call.inputs;
  const { B, n, k, S, C } = dimsOf(values, indices, call.attrs);
  const shape = withLength(values.shape, call.attrs.axis, n);
  return tidy(() => {
    if (B * k * S * C === 0) return zeros(shape, values.dtype as 'float32' | 'int32');
    const [rows, at] = [rowsOf(values, B, k, S, C), rowsOf(indices, B, k, S, 1)];
    const sums = addRows(rows, reshape(at, [B * S, k]), n);
    return fromRows(sums, shape, [B, n, S]);
  });
}

/** From `[B, n, S, C]` to `[B · S, n, C]`, where S or C is 1. */
function rowsOf(x: Tensor, B: number, n: number, S: number, C: number): Tensor {
  return reshape(S === 1 ? x : swapAxes(reshape(x, [B, n, S]), 1, 2), [B * S, n, C]);
}

/** And back, to a shape. */
function fromRows(rows: Tensor, shape: number[], [B, n, S]: number[]): Tensor {
  return reshape(S === 1 ? rows : swapAxes(reshape(rows, [B, S, n]), 1, 2), shape);
}

/** Zeros `[B, n, m]`, to which each `values[b, j, :]` is added at `[b, indices[b, j], :]`. */
function addRows(values: Tensor, indices: Tensor, n: number): Tensor {
  const [B, k, m] = values.shape;
  if (getBackend() === 'webgl') {
    return cast(runKernel(ScatterRows, { updates: values, indices }, { n })[0], values.dtype);
  }
  const b = reshape(tile(reshape(range(0, B, 1, 'int32'), [B, 1]), [1, k]), [-1]);
  const pairs = stack([b, reshape(indices, [-1])], 1);
  return scatterND(pairs, reshape(values, [B * k, m]), [B, n, m]);
}
