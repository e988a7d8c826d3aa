import type { TensorInfo } from '@tensorflow/tfjs-core';
import { indexAt, orderKey, orderUniforms, type Order } from './orderKey.ts';
import { runProgram, type WebgpuBackend } from './runProgram.ts';

/**
 * `selectChunks` for a very small k: each thread leaves the k first of a run of consecutive entries, by insertion.
 * Equal keys stay in the order of their indices.
 */
export function selectRuns(
  backend: WebgpuBackend,
  x: TensorInfo,
  candidates: TensorInfo | undefined,
  order: Order,
  k: number,
): TensorInfo {
  const { rows, n } = order;
  const m = candidates ? candidates.shape[1] : n;
  const run = m > 2 ** 16 ? 128 : MIN_RUN; // in a long row enough threads are left
  const runs = Math.ceil(m / run);
  const left = (runs - 1) * k + Math.min(k, m - (runs - 1) * run);
  return runProgram(backend, {
    name: `select in runs ${order.dtype} ${String(k)}`,
    inputs: { x, ...(candidates && { candidates }) },
    outputShape: [rows, left],
    dtype: 'int32',
    workgroups: Math.ceil((rows * runs) / 64),
    threads: 64,
    uniforms: { ...orderUniforms(order), m, run, runs },
    code: code(k) + indexAt(candidates) + orderKey(order),
  });
}

export const MIN_RUN = 32;

const code = (k: number) => `
  const K = ${String(k)};

  fn main(thread : i32) {
    let row = thread / uniforms.runs;
    if (row >= uniforms.rows) { return; }
    let run = thread % uniforms.runs;
    let end = min((run + 1) * uniforms.run, uniforms.m);
    var keys : array<u32, K>;
    var found : array<i32, K>;
    var count = 0;
    for (var i = run * uniforms.run; i < end; i++) {
      let index = indexAt(row, i);
      let key = keyOf(row, index);
      if (count == K && key <= keys[K - 1]) { continue; }
      var at = min(count, K - 1);
      for (; at > 0; at--) {
        if (keys[at - 1] >= key) { break; }
        keys[at] = keys[at - 1];
        found[at] = found[at - 1];
      }
      keys[at] = key;
      found[at] = index;
      count = min(count + 1, K);
    }
    for (var i = 0; i < count; i++) { result[row * uniforms.outShape[1] + run * K + i] = found[i]; }
  }
`;
