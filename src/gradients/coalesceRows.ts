import { range, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { visitRowSums } from '../kernels/linear/visitRowSums.ts';
import { isTaped } from '../kernels/runKernel.ts';
import { isOnGpu } from '../util/isOnGpu.ts';
import { denseRows } from './denseRows.ts';
import { partsOfRows } from './partsOfRows.ts';
import { selectRows } from './selectRows.ts';

/**
 * Pᵀ(c xᵀ) as the parts of its different rows, ascending. On webgl and webgpu of all n rows. Under a tape the rows are
 * those of a dense matrix, through which tfjs finds their gradient.
 */
export function coalesceRows(parts: Tensor[], [n, d]: [number, number]): Tensor[] {
  if (isOnGpu()) return partsOfRows(denseRows(parts, [n, d]), range(0, n, 1, 'int32'));
  const rows = Int32Array.from(new Set(parts[0].dataSync<'int32'>())).sort();
  const indices = tensor1d(rows, 'int32');
  if (isTaped()) return partsOfRows(selectRows(denseRows(parts, [n, d]), indices), indices);
  const sums = new Float32Array(rows.length * d);
  let at = 0;
  visitRowSums(parts, [n, d], (_, sum) => {
    sums.set(sum, d * at++);
  });
  return partsOfRows(tensor2d(sums, [rows.length, d]), indices);
}
