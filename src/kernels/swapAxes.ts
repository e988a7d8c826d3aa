import { getBackend, reshape, transpose, type Tensor } from '@tensorflow/tfjs-core';
import { checkDataDtype } from './checkDataDtype.ts';
import { runKernel, type Rule } from './runKernel.ts';
import { swapAxesOnWebgpu } from './webgpu/swapAxesOnWebgpu.ts';

/** x with the axes a and b ≥ a exchanged. */
export function swapAxes(x: Tensor, a: number, b: number): Tensor {
  if (a === b) return x;
  const permutation = x.shape.map((_, i) => (i === a ? b : i === b ? a : i));
  // Of an empty tensor transpose fails on some backends.
  if (x.size === 0) return reshape(x, permutation.map((i) => x.shape[i])); // prettier-ignore
  checkDataDtype(x, 'x');
  if (getBackend() !== 'webgpu') return transpose(x, permutation);
  return runKernel({ name: 'SwapAxes', any: swapAxesOnWebgpu }, { x }, { a, b }, rule)[0];
}

const rule: Rule = {
  gradFunc: (dy, _, attrs) => {
    const { a, b } = attrs as { a: number; b: number };
    return { x: () => swapAxes(dy as Tensor, a, b) };
  },
};
