import {
  backend,
  getBackend,
  reshape,
  transpose,
  util,
  type DataStorage,
  type DataType,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { OperationError } from '../util/OperationError.ts';
import { runKernel, type Kernel, type Rule } from './runKernel.ts';
import { runProgram, type WebgpuBackend } from './webgpu/runProgram.ts';

/** x with the axes a and b exchanged. */
export function swapAxes(x: Tensor, a: number, b: number): Tensor {
  if (a === b) return x;
  const permutation = x.shape.map((_, i) => (i === a ? b : i === b ? a : i));
  if (x.size === 0) {
    const shape = permutation.map((i) => x.shape[i]);
    return reshape(x, shape); // transpose fails for empty tensors on some backends
  }
  if (getBackend() !== 'webgpu' || isRightOnWebgpu(x)) return transpose(x, permutation);
  return runKernel(SwapAxes, { x }, { a: Math.min(a, b), b: Math.max(a, b) }, rule)[0];
}

/**
 * Whether tfjs's transpose is right there. It takes matrices of integers through float32, and compiles neither for integers
 * of rank 3 and more, nor for float32 that was cast from integers: a cast leaves these in the buffer. It gives zeros then.
 */
function isRightOnWebgpu(x: Tensor): boolean {
  const webgpu = backend() as WebgpuBackend & { tensorMap: DataStorage<{ dtype: DataType }> };
  if (webgpu.shouldExecuteOnCPU([x])) return true;
  const isCast = webgpu.tensorMap.has(x.dataId) && webgpu.tensorMap.get(x.dataId).dtype !== x.dtype;
  return x.dtype === 'float32' && !isCast;
}

interface Axes {
  a: number;
  b: number;
}

/** Exchanges the axes a < b. */
const SwapAxes: Kernel<{ x: Tensor }, Axes> = {
  name: 'SwapAxes',
  any() {
    throw new OperationError('SwapAxes must run on webgpu');
  },
  webgpu({ inputs: { x }, attrs: { a, b }, backend }) {
    const { size, dtype } = x;
    const result = runProgram(backend as WebgpuBackend, {
      name: `swap axes ${dtype}`,
      inputs: { x: { dataId: x.dataId, dtype, shape: [1, size] } },
      outputShape: [1, size],
      dtype,
      workgroups: Math.ceil(size / 64),
      threads: 64,
      uniforms: {
        ...{ A: x.shape[a], B: x.shape[b], size },
        between: util.sizeFromShape(x.shape.slice(a + 1, b)),
        after: util.sizeFromShape(x.shape.slice(b + 1)),
      },
      code: `
        fn main(i : i32) {
          if (i >= uniforms.size) { return; }
          let rows = i / uniforms.after;
          let planes = rows / uniforms.A;
          let blocks = planes / uniforms.between;
          let plane = blocks / uniforms.B * uniforms.A + rows % uniforms.A;
          let row = (plane * uniforms.between + planes % uniforms.between) * uniforms.B + blocks % uniforms.B;
          result[i] = ${dtype === 'float32' ? 'f32' : 'i32'}(x[row * uniforms.after + i % uniforms.after]);
        }`,
    });
    const shape = [...x.shape];
    [shape[a], shape[b]] = [shape[b], shape[a]];
    return { ...result, shape };
  },
};

const rule: Rule = {
  gradFunc: (dy, _, attrs) => {
    const { a, b } = attrs as object as Axes;
    return { x: () => swapAxes(dy as Tensor, a, b) };
  },
};
