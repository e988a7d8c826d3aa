import {
  argMax,
  cast,
  expandDims,
  gather,
  greater,
  isNaN,
  max,
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
  const { x } = call.inputs;
  const { ranks } = call.attrs;
  return tidy(() => {
    const k = Math.max(...ranks) + 1;
    const [, sorted] = runKernel(TotalOrderTopK, { x }, { k, largest: false, sorted: true });
    const indices: Tensor = gather(sorted, tensor1d(ranks, 'int32'), x.rank - 1);
    const areNaN = cast(isNaN(x), 'float32');
    const first = cast(expandDims(argMax(areNaN, -1), -1), 'float32');
    const chosen = where(greater(max(areNaN, -1, true), 0), first, cast(indices, 'float32'));
    return cast(chosen, 'int32');
  });
}
