import { clone, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';

type Inputs = Record<'rows' | 'x' | 'values', Tensor> & Partial<Record<'bias', Tensor>>;

/**
 * P (Wx + bias), known already as `values` `[…, k]`; a function of the rows P W `[…, k, d]`, of x `[…, d]`, and of
 * P bias `[…, k]`, if there is one.
 */
export const SelectedProducts: Kernel<Inputs, object> = {
  name: 'SelectedProducts',
  saved: ({ rows, x, values }) => rows.size + x.size + values.size,
  any: ({ inputs: { values } }) => clone(values),
};
