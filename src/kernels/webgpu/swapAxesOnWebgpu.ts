import { util, type KernelBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { runProgram, type WebgpuBackend } from './runProgram.ts';

/**
 * x with the axes a < b exchanged: from `[P, A, M, B, C]` to `[P, B, M, A, C]`. tfjs's transpose takes matrices of
 * integers through float32, and compiles neither for integers of rank 3 and more, nor for float32 that was cast from
 * integers: a cast leaves these in the buffer.
 */
export function swapAxesOnWebgpu({
  inputs: { x },
  attrs: { a, b },
  backend,
}: {
  inputs: { x: Tensor };
  attrs: { a: number; b: number };
  backend: KernelBackend;
}): TensorInfo {
  const { size, dtype, dataId } = x;
  const shape = [...x.shape];
  [shape[a], shape[b]] = [shape[b], shape[a]];
  const [M, C] = [shape.slice(a + 1, b), shape.slice(b + 1)].map(util.sizeFromShape);
  const swapped = runProgram(backend as WebgpuBackend, {
    name: `swap ${dtype}`,
    inputs: { x: { dataId, dtype, shape: [1, size] } },
    outputShape: [1, size],
    dtype,
    workgroups: Math.ceil(size / 64),
    threads: 64,
    uniforms: { A: shape[b], M, B: shape[a], C, size },
    code: `
      fn main(i : i32) {
        if (i >= uniforms.size) { return; }
        let a = i / uniforms.C;
        let m = a / uniforms.A;
        let b = m / uniforms.M;
        let row = (b / uniforms.B * uniforms.A + a % uniforms.A) * uniforms.M + m % uniforms.M;
        let value = x[(row * uniforms.B + b % uniforms.B) * uniforms.C + i % uniforms.C];
        result[i] = ${x.dtype === 'float32' ? 'f32' : 'i32'}(value);
      }`,
  });
  return { ...swapped, shape };
}
