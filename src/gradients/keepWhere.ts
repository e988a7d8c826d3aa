import type { Tensor } from '@tensorflow/tfjs-core';
import { KeepWhere } from '../kernels/linear/KeepWhere.ts';
import { runKernel, type Rule } from '../kernels/runKernel.ts';
import { noGradient } from './noGradient.ts';

/**
 * x where `kept`, bool of x's shape, is true, and 0 elsewhere; its gradient is itself. That is 0 elsewhere even if dy
 * is infinite or NaN there, where tfjs's rule of `where`, a product with 0, makes NaN of it.
 */
export function keepWhere(x: Tensor, kept: Tensor): Tensor {
  return runKernel(KeepWhere, { x, kept }, {}, keepWhereRule)[0];
}

const keepWhereRule: Rule = {
  inputsToSave: ['kept'],
  gradFunc: (dy, [kept]) => ({
    x: () => keepWhere(dy as Tensor, kept),
    kept: noGradient(kept),
  }),
};
