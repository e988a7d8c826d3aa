import { getBackend, reshape, scatterND, type Tensor } from '@tensorflow/tfjs-core';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { scatterRows } from './alongAxis.ts';

/** Where PutAlongAxis is faster than tfjs's scatterND. */
const PUT_IS_FASTER = ['cpu', 'wasm', 'webgl'];

/** Pᵀ R: zeros `[n, d]` with the rows R `[…, k, d]` added at the indices `[…, k]`. */
export function addRows(rows: Tensor, indices: Tensor, [n, d]: [number, number]): Tensor {
  assertFits(n * d + rows.size);
  if (rows.size > 0 && !PUT_IS_FASTER.includes(getBackend())) {
    return scatterND(reshape(indices, [-1, 1]), reshape(rows, [-1, d]), [n, d]);
  }
  return reshape(scatterRows(reshape(rows, [1, -1, d]), reshape(indices, [1, -1]), n), [n, d]);
}
