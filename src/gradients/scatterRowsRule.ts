import { gather, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import { ScatterRows } from '../kernels/webgl/ScatterRows.ts';
import { noGradient } from './noGradient.ts';

/** Its transpose gathers from each row, and the rule of gather scatters again. */
export const scatterRowsRule: GradConfig = {
  kernelName: ScatterRows,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices]) => ({
    updates: () => gather(dy as Tensor, indices, 1, 1),
    indices: noGradient(indices),
  }),
};
