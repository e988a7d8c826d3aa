import type { TensorInfo } from '@tensorflow/tfjs-core';
import { runProgram, type WebgpuBackend } from './runProgram.ts';

/** The entries of x `[rows, n]` at `indices` `[rows, k]`. tfjs's own gather takes integers through float32. */
export function gatherValues(
  backend: WebgpuBackend,
  x: TensorInfo,
  indices: TensorInfo,
): TensorInfo {
  const [rows, k] = indices.shape;
  return runProgram(backend, {
    name: `gather ${x.dtype}`,
    inputs: { x, indices },
    outputShape: [rows, k],
    dtype: x.dtype,
    workgroups: Math.ceil((rows * k) / 64),
    threads: 64,
    uniforms: { n: x.shape[1], k, size: rows * k },
    code: `
      fn main(i : i32) {
        if (i >= uniforms.size) { return; }
        let value = x[i / uniforms.k * uniforms.n + indices[i]];
        result[i] = ${x.dtype === 'float32' ? 'f32' : 'i32'}(value);
      }`,
  });
}
