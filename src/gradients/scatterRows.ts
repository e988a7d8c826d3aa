import {
  engine,
  getBackend,
  range,
  reshape,
  scatterND,
  stack,
  tile,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { zerosFrom } from '../util/zerosFrom.ts';
import { provideScatterRows, ScatterRows } from '../kernels/webgl/ScatterRows.ts';

/**
 * The transpose of selecting from each of B rows: zeros `[B, n, m]`, to which each
 * `updates[b, j, :]` is added at `[b, indices[b, j], :]`.
 *
 * @param updates `[B, J, m]`
 * @param indices `[B, J]`, int32, each in [0, n)
 */
export function scatterRows(updates: Tensor, indices: Tensor, n: number): Tensor {
  const [B, J, m] = updates.shape;
  if (updates.size === 0) return zerosFrom(updates, [B, n, m]);
  if (getBackend() === 'webgl') {
    provideScatterRows();
    return engine().runKernel(ScatterRows, { updates, indices }, { n });
  }
  const b = reshape(tile(reshape(range(0, B, 1, 'int32'), [B, 1]), [1, J]), [-1]);
  const places = stack([b, reshape(indices, [-1])], 1);
  return scatterND(places, reshape(updates, [B * J, m]), [B, n, m]);
}
