import { clone, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';

type Inputs = Record<'rows' | 'x' | 'values' | 'indices', Tensor> & Partial<Record<'bias', Tensor>>;

/**
 * P (Wx + bias), known already as `values` `[…, k]`; a function of the rows P W `[…, k, d]`, of x `[…, d]`, and of
 * P bias `[…, k]`, if there is one. The indices are an output as well, so that a loss of these alone has a gradient, 0.
 */
export const SelectedProducts: Kernel<Inputs, object> = {
  name: 'SelectedProducts',
  saved: ({ rows, x, values }) => rows.size + x.size + 2 * values.size,
  any: ({ inputs: { values, indices } }) => [clone(values), clone(indices)],
};
