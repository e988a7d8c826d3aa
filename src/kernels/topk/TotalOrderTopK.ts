import type { Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';
import type { Selection } from '../select/Selection.ts';
import { topkOnCpu } from './topkOnCpu.ts';
import { topkOnWasm } from './topkOnWasm.ts';
import { topkOnWebgl } from './topkOnWebgl.ts';
import { topkOnWebgpu } from './topkOnWebgpu.ts';

/** The kernel of `topk`: tfjs's TopK with a total order and a choice of direction. Outputs values and indices. */
export const TotalOrderTopK: Kernel<{ x: Tensor }, Selection> = {
  name: 'TotalOrderTopK',
  any: topkOnCpu,
  wasm: topkOnWasm,
  webgl: topkOnWebgl,
  webgpu: topkOnWebgpu,
  saved: ({ x }, { k }) => x.size * (1 + (4 * k) / Math.max(1, x.shape[x.rank - 1])),
};
