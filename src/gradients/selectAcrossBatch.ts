import {
  dispose,
  gather,
  greater,
  max,
  ones,
  reshape,
  scatterND,
  slice,
  sum,
  where,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { LinearTopK, type LinearInputs } from '../kernels/linear/LinearTopK.ts';
import { runKernel } from '../kernels/runKernel.ts';
import { TotalOrderTopK } from '../kernels/topk/TotalOrderTopK.ts';
import { isOnGpu } from '../util/isOnGpu.ts';

/**
 * BatchTopK (Bussmann et al., 2024, arXiv:2412.06410): the b·k largest entries of Wx + bias over a whole batch of b. An
 * example has up to K of them, in top-k's order, and `isSelected` is true there; the rest of its `values`, `[b, K]`, is
 * 0, at an index that is selected somewhere. On webgl and webgpu, where nothing is read, K = n.
 *
 * @param k in [1, n]
 */
export function selectAcrossBatch(inputs: LinearInputs, k: number) {
  const [n, b] = [inputs.W.shape[0], inputs.x.shape[0]];
  // An example's selected entries are its largest. If all candidates of an example are selected, there may be more.
  for (let count = isOnGpu() ? n : Math.min(n, 2 * k); ; count = Math.min(n, 2 * count)) {
    const [values, indices] = runKernel(LinearTopK, inputs, { k: count });
    const all = { x: reshape(values, [-1]) };
    const [, places] = runKernel(TotalOrderTopK, all, { k: b * k, largest: true, sorted: true });
    const marks = scatterND(reshape(places, [-1, 1]), ones([b * k]), [b * count]);
    const isSelected: Tensor = reshape(marks, [b, count]);
    const K = isOnGpu() ? n : max(sum(isSelected, 1)).dataSync()[0];
    if (K === count && count < n) {
      dispose([values, indices]);
      continue;
    }
    const [v, i, s] = [values, indices, isSelected].map((t) => slice(t, [0, 0], [b, K]));
    const largest = gather(reshape(indices, [-1]), slice(places, 0, 1));
    const chosen = greater(s, 0);
    return { values: where(chosen, v, 0), indices: where(chosen, i, largest), isSelected: chosen };
  }
}
