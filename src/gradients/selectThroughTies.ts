import { dispose, slice, type Tensor } from '@tensorflow/tfjs-core';
import { LinearTopK, type LinearInputs } from '../kernels/linear/LinearTopK.ts';
import { runKernel } from '../kernels/runKernel.ts';
import { isOnGpu } from '../util/isOnGpu.ts';

/**
 * The k largest entries of Wx + bias in each example, and all others that equal the k-th: `values` and `indices`, both
 * `[…, K]` in top-k's order, with K ≥ k the most that an example needs. On webgl and webgpu, where nothing is read,
 * all entries.
 *
 * @param k in [1, n]
 */
export function selectThroughTies(inputs: LinearInputs, k: number): Tensor[] {
  const n = inputs.W.shape[0];
  for (let count = isOnGpu() ? n : Math.min(n, k + 1); ; count = Math.min(n, 2 * count)) {
    const selected = runKernel(LinearTopK, inputs, { k: count });
    if (isOnGpu()) return selected;
    const K = countThroughTies(selected[0].dataSync<'float32'>(), k, count);
    if (K < count || count === n) return selected.map((t) => takeFirst(t, K));
    dispose(selected);
  }
}

/** The first K entries of each row. */
export function takeFirst(t: Tensor, K: number): Tensor {
  return slice(
    t,
    t.shape.map(() => 0),
    [...t.shape.slice(0, -1), K],
  );
}

/** How many entries of `[rows, count]`, in descending order, are at least the k-th; the most of all rows. */
function countThroughTies(values: Float32Array, k: number, count: number): number {
  let most = k;
  for (let row = 0; row < values.length; row += count) {
    while (most < count && values[row + most] === values[row + k - 1]) most++;
  }
  return most;
}
