import { clone, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';

/** P W x, known already as `values` `[…, k]`; a function of the rows P W `[…, k, d]` and of x `[…, d]`. */
export const SelectedProducts: Kernel<{ rows: Tensor; x: Tensor; values: Tensor }, object> = {
  name: 'SelectedProducts',
  saved: ({ rows, x, values }) => rows.size + x.size + values.size,
  any: ({ inputs: { values } }) => clone(values),
};
