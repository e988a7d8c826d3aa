import {
  cast,
  env,
  fill,
  gather,
  isNaN,
  minimum,
  mul,
  neg,
  reshape,
  tidy,
  where,
  zeros,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { MAX_FLOAT } from '../../util/float32.ts';
import type { Selection } from '../select/Selection.ts';
import { largestByGroups } from '../webgl/largestByGroups.ts';
import { rendersInSoftware } from '../webgl/rendersInSoftware.ts';
import { topkOnCpu } from './topkOnCpu.ts';

/**
 * Top-k along the last axis for webgl. Where tfjs's own kernel hands its work to the processor,
 * `topkOnCpu` does it. Where that kernel runs on the GPU, it gets keys which it orders as `topk` promises:
 * it compares float32 numbers, and does not order NaN.
 */
export function topkOnWebgl(call: {
  inputs: { x: Tensor };
  attrs: Selection;
  backend: KernelBackend;
}): TensorInfo[] {
  const { x } = call.inputs;
  const { k, largest = true } = call.attrs;
  if (k === 0 || x.size === 0 || runsOnCpu(x, k, call.backend)) return topkOnCpu(call);

  return tidy(() => {
    const n = x.shape[x.rank - 1];
    const rows: Tensor = reshape(x, [-1, n]);
    const indices = indicesOf(rows, k, largest);
    const shape = [...x.shape.slice(0, -1), k];
    return [reshape(gather(rows, indices, 1, 1), shape), reshape(indices, shape)];
  });
}

/**
 * The conditions of tfjs's own TopK kernel; and the keys below need float32. In software one read of x by a shader
 * takes longer than the processor's whole selection, so all is left to that, unless somebody has changed tfjs's
 * threshold.
 */
function runsOnCpu(x: Tensor, k: number, backend: object): boolean {
  const { shouldExecuteOnCPU } = backend as {
    shouldExecuteOnCPU: (inputs: TensorInfo[]) => boolean;
  };
  if (shouldExecuteOnCPU.call(backend, [x])) return true;
  const onGpuFrom = env().getNumber('TOPK_LAST_DIM_CPU_HANDOFF_SIZE_THRESHOLD');
  return (
    !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ||
    x.shape[x.rank - 1] < onGpuFrom ||
    k > env().getNumber('TOPK_K_CPU_HANDOFF_THRESHOLD') ||
    (onGpuFrom === STOCK_THRESHOLD && rendersInSoftware(backend))
  );
}

const STOCK_THRESHOLD = 100_000;

function indicesOf(rows: Tensor, k: number, largest: boolean): Tensor {
  if (rows.shape[1] === 1) return zeros(rows.shape, 'int32'); // tfjs's kernel returns x itself here
  const keys = rows.dtype === 'float32' ? floatKeys(rows) : cast(rows, 'float32');
  return largestByGroups(largest ? keys : neg(keys), k);
}

/**
 * x with a number for NaN, above that for Infinity. Every float moves to its neighbour towards zero, which is
 * (1 − 2⁻²⁴) x correctly rounded; Infinity to the largest float; NaN to Infinity. Only numbers up to
 * 2⁻¹²⁶ (1 + 2⁻²³) can become equal, and a GPU treats most of these as zero anyway.
 */
function floatKeys(x: Tensor): Tensor {
  return where(isNaN(x), fill(x.shape, Infinity), minimum(mul(x, 1 - 2 ** -24), MAX_FLOAT));
}
