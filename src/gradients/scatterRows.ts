import {
  gather,
  getBackend,
  range,
  reshape,
  scatterND,
  stack,
  tile,
  type GradConfig,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { runKernel } from '../kernels/runKernel.ts';
import { assertFits } from '../kernels/wasm/tfjsMemory.ts';
import { ScatterRows } from '../kernels/webgl/ScatterRows.ts';
import { zerosFrom } from '../util/zerosFrom.ts';
import { noGradient } from './noGradient.ts';

/**
 * The transpose of selecting from each of B rows: zeros `[B, n, m]`, to which each `updates[b, j, :]` is added
 * at `[b, indices[b, j], :]`.
 *
 * @param updates `[B, J, m]`
 * @param indices `[B, J]`, int32, each in [0, n)
 */
export function scatterRows(updates: Tensor, indices: Tensor, n: number): Tensor {
  const [B, J, m] = updates.shape;
  if (updates.size === 0) return zerosFrom(updates, [B, n, m]);
  if (getBackend() === 'webgl') return runKernel(ScatterRows, { updates, indices }, { n })[0];
  assertFits(B * n * m + 4 * B * J);
  const b = reshape(tile(reshape(range(0, B, 1, 'int32'), [B, 1]), [1, J]), [-1]);
  const pairs = stack([b, reshape(indices, [-1])], 1);
  return scatterND(pairs, reshape(updates, [B * J, m]), [B, n, m]);
}

/** Its transpose gathers from each row, and the rule of gather scatters again. */
export const scatterRowsRule: GradConfig = {
  kernelName: ScatterRows.name,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices]) => ({
    updates: () => gather(dy as Tensor, indices, 1, 1),
    indices: noGradient(indices),
  }),
};
