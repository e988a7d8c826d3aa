import {
  cast,
  env,
  equal,
  gather,
  getBackend,
  isNaN,
  mul,
  neg,
  reshape,
  tidy,
  topk,
  where,
  zeros,
  type KernelFunc,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { topkOnCpu, type TopKAttrs } from './topkOnCpu.ts';

/**
 * Top-k along the last axis for webgl and webgpu. Where tfjs's own kernel would hand its work to
 * the processor, `topkOnCpu` does it; where that runs on the GPU, it is given keys which it orders
 * as `topk` promises, since it compares float32 numbers and has no place for NaN.
 */
export const topkOnGpu: KernelFunc = (params) => {
  const { x } = params.inputs as { x: Tensor };
  const { k, largest = true } = params.attrs as TopKAttrs & typeof params.attrs;
  if (k === 0 || x.size === 0 || runsOnCpu(x, k, params.backend)) return topkOnCpu(params);

  return tidy(() => {
    const n = x.shape[x.rank - 1];
    const rows: Tensor = reshape(x, [-1, n]);
    const indices = indicesOf(rows, k, largest);
    const shape = [...x.shape.slice(0, -1), k];
    return [reshape(gather(rows, indices, 1, 1), shape), reshape(indices, shape)];
  });
};

/** tfjs's own conditions, as its TopK kernels have them; and the keys below need float32. */
function runsOnCpu(x: Tensor, k: number, backend: object): boolean {
  const { shouldExecuteOnCPU } = backend as {
    shouldExecuteOnCPU: (inputs: TensorInfo[]) => boolean;
  };
  if (shouldExecuteOnCPU.call(backend, [x])) return true;
  if (getBackend() !== 'webgl') return false;
  return (
    !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ||
    x.shape[x.rank - 1] < env().getNumber('TOPK_LAST_DIM_CPU_HANDOFF_SIZE_THRESHOLD') ||
    k > env().getNumber('TOPK_K_CPU_HANDOFF_THRESHOLD')
  );
}

function indicesOf(rows: Tensor, k: number, largest: boolean): Tensor {
  if (rows.shape[1] === 1) return zeros(rows.shape, 'int32'); // tfjs's kernel returns x itself here
  const keys = rows.dtype === 'float32' ? floatKeys(rows) : cast(rows, 'float32');
  return topk(largest ? keys : neg(keys), k).indices;
}

/**
 * x with room for NaN above Infinity: every float goes to its neighbour towards zero, which is
 * (1 − 2⁻²⁴) x correctly rounded, Infinity to the greatest float, and NaN to Infinity. Only
 * numbers up to 2⁻¹²⁶ (1 + 2⁻²³) can meet, most of them subnormal and zero to a GPU anyway.
 */
function floatKeys(x: Tensor): Tensor {
  const finite = where(equal(x, Infinity), MAX_FLOAT32, mul(x, 1 - 2 ** -24));
  return where(isNaN(x), Infinity, finite);
}

const MAX_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;
