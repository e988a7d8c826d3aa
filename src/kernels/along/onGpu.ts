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
import { swapAxes } from '../../util/swapAxes.ts';
import { runKernel } from '../runKernel.ts';
import { ScatterRows } from '../webgl/ScatterRows.ts';

type Dtype = 'float32' | 'int32';

/** TakeAlongAxis on webgl and webgpu. */
export function takeOnGpu({ inputs }: { inputs: { x: Tensor; indices: Tensor } }): Tensor {
  const { x, indices } = inputs;
  const [[B, n, I], [, k, S]] = [x.shape, indices.shape];
  return tidy(() => {
    if (B * k * I === 0) return zeros([B, k, I], x.dtype as Dtype);
    if (S === 1) return gather(x, reshape(indices, [B, k]), 1, 1);
    const [rows, at] = [x, indices].map((t) => swapAxes(t, 1, 2));
    const values: Tensor = gather(reshape(rows, [B * I, n]), reshape(at, [B * I, k]), 1, 1);
    return swapAxes(reshape(values, [B, I, k]), 1, 2);
  });
}

/** PutAlongAxis on webgl and webgpu. */
export function putOnGpu(call: {
  inputs: { values: Tensor; indices: Tensor };
  attrs: { n: number };
}): Tensor {
  const { values, indices } = call.inputs;
  const { n } = call.attrs;
  const [[B, k, I], S] = [values.shape, indices.shape[2]];
  return tidy(() => {
    if (B * k * I === 0) return zeros([B, n, I], values.dtype as Dtype);
    if (S === 1) return addRows(values, reshape(indices, [B, k]), n);
    const [v, at] = [values, indices].map((t) => swapAxes(t, 1, 2));
    const sums = addRows(reshape(v, [B * I, k, 1]), reshape(at, [B * I, k]), n);
    return swapAxes(reshape(sums, [B, I, n]), 1, 2);
  });
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
