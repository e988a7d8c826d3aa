import {
  cast,
  getBackend,
  mul,
  oneHot,
  slice,
  type Tensor,
  type Tensor1D,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { checkNotScalar, checkLength } from './args/check.ts';
import { operation } from './args/operation.ts';
import { toTensor } from './args/toTensor.ts';
import { checkDataDtype } from './kernels/checkDataDtype.ts';
import { assertFits } from './kernels/wasm/tfjsMemory.ts';
import { zerosFrom } from './util/zerosFrom.ts';
import type { WithAxes } from './util/WithAxes.ts';

/**
 * The selection matrix P: row i is one-hot at `indices[i]`, so that `topk(x, k).values` is P x. Top-k's
 * gradient is checked against it; computing the gradient needs no matrix.
 *
 * @param indices `[…, k]`, int32, each in [0, n), as `topk` returns them. The row of an index outside [0, n) is
 *   zero, as in tf.oneHot.
 * @param n the length of the axis that is selected from, an integer ≥ 0.
 * @returns `[…, k, n]`, float32.
 * @throws if indices is a scalar or not of integers, or n is not an integer ≥ 0.
 *
 * @example
 * selectionMatrix([2, 0], 3).print(); // [[0, 0, 1], [1, 0, 0]]
 */
export function selectionMatrix<T extends Tensor>(
  indices: T | TensorLike,
  n: number,
): WithAxes<T, Tensor1D> {
  const P = operation('selectionMatrix', () => {
    checkLength(n, 'n');
    const $indices = toTensor(indices, 'indices', 'int32');
    checkNotScalar($indices, 'indices');
    const shape = [...$indices.shape, n];
    if ($indices.size === 0) return zerosFrom([cast($indices, 'float32')], shape);
    checkDataDtype($indices, 'indices');
    assertFits(2 * $indices.size * Math.max(n, 2));
    // oneHot has a gradient, zero, so P may stand in a differentiated function. It refuses a depth below 2, and
    // its float32 is wrong on wasm.
    const integers: Tensor = cast(oneHot($indices, Math.max(n, 2)), 'float32');
    // On cpu and webgpu a cast leaves integers in the buffer: what is computed from these may be wrong, without a word.
    const P = ['cpu', 'webgpu'].includes(getBackend()) ? mul(integers, 1) : integers;
    const start = shape.map(() => 0);
    return n < 2 ? slice(P, start, shape) : P;
  });
  return P;
}
