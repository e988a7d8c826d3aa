import type { TensorInfo } from '@tensorflow/tfjs-core';
import { indexAt, orderKey, orderUniforms, type Order } from './orderKey.ts';
import { runProgram, type WebgpuBackend } from './runProgram.ts';

/**
 * `sortRows` for few candidates a row. Each counts those before it, until there are k, in a thread of its own: a
 * workgroup for each row would leave most of its threads without work.
 */
export function rankRows(
  backend: WebgpuBackend,
  x: TensorInfo,
  candidates: TensorInfo | undefined,
  order: Order,
  k: number,
): TensorInfo {
  const { rows, n } = order;
  const m = candidates ? candidates.shape[1] : n;
  return runProgram(backend, {
    name: `rank ${order.dtype}`,
    inputs: { x, ...(candidates && { candidates }) },
    outputShape: [rows, k],
    dtype: 'int32',
    workgroups: Math.ceil((rows * m) / 64),
    threads: 64,
    uniforms: { ...orderUniforms(order), m },
    code: RANK + indexAt(candidates) + orderKey(order),
  });
}

const RANK = `
  fn main(thread : i32) {
    let row = thread / uniforms.m;
    if (row >= uniforms.rows) { return; }
    let place = thread % uniforms.m;
    let index = indexAt(row, place);
    let key = keyOf(row, index);
    let k = uniforms.outShape[1];
    var rank = 0;
    for (var i = 0; i < uniforms.m && rank < k; i++) {
      let other = keyOf(row, indexAt(row, i));
      rank += i32(other > key || (other == key && i < place));
    }
    if (rank < k) { result[row * k + rank] = index; }
  }
`;
