import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';
import { softMaskByOps } from './softMaskByOps.ts';
import type { SoftMaskAttrs, SoftMaskCall } from './SoftMaskCall.ts';
import { softMaskOnCpu } from './softMaskOnCpu.ts';

/** For x `[rows, n]` and a scalar τ: the mask F((x − θ) / τ) with θ such that each row sums to k, 0 ≤ k < n. */
export const SoftMask: Kernel<{ x: Tensor; τ: Tensor }, SoftMaskAttrs> = {
  name: 'SoftMask',
  any: softMaskByOps,
  cpu: softMaskOnCpu,
  wasm: softMaskOnWasm,
  saved: ({ x }) => 3 * x.size + 1,
};

/** Up to this size the hundred operations of `softMaskByOps` cost more than a loop in JavaScript. */
const MAX_SMALL = 2048;

function softMaskOnWasm(call: SoftMaskCall): TensorInfo {
  return call.inputs.x.size <= MAX_SMALL ? softMaskOnCpu(call) : softMaskByOps(call);
}
