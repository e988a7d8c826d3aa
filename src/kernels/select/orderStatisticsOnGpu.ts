import {
  argMax,
  cast,
  expandDims,
  gather,
  greater,
  isNaN,
  max,
  reshape,
  tensor1d,
  tidy,
  where,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { runKernel } from '../runKernel.ts';
import { TotalOrderTopK } from '../topk/TotalOrderTopK.ts';

/** OrderStatistics by top-k of the smallest, up to the last of the ranks; nothing is read. */
export function orderStatisticsOnGpu(call: {
  inputs: { x: Tensor };
  attrs: { ranks: number[] };
}): Tensor {
  const { ranks } = call.attrs;
  const shape = call.inputs.x.shape;
  return tidy(() => {
    // Of rank 2, because for a vector webgpu's operations returned another shape.
    const x = reshape(call.inputs.x, [-1, shape[shape.length - 1]]);
    const k = Math.max(...ranks) + 1;
    const [, sorted] = runKernel(TotalOrderTopK, { x }, { k, largest: false, sorted: true });
    const indices: Tensor = gather(sorted, tensor1d(ranks, 'int32'), 1);
    const areNaN = cast(isNaN(x), 'float32');
    const first = cast(expandDims(argMax(areNaN, -1), -1), 'float32');
    const chosen = where(greater(max(areNaN, -1, true), 0), first, cast(indices, 'float32'));
    return reshape(cast(chosen, 'int32'), [...shape.slice(0, -1), ranks.length]);
  });
}
