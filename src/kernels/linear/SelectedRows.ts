import {
  clone,
  expandDims,
  gatherND,
  tidy,
  type KernelFunc,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { provideKernel } from '../runKernel.ts';

/** From W `[n, d]` and indices `[…, k]` the rows `[…, k, d]`. Its attribute is the shape of W. */
export const SelectedRows = 'SelectedRows';

/** From rows `[…, k, d]`, x `[…, d]`, and their products `[…, k]`, these. */
export const SelectedProducts = 'SelectedProducts';

export function provideSelectedProducts(): void {
  provideKernel(SelectedRows, { any: select });
  provideKernel(SelectedProducts, { any: ({ inputs }) => clone(inputs.values as Tensor) });
}

const select: KernelFunc = ({ inputs }) => {
  const { W, indices } = inputs as { W: Tensor; indices: Tensor };
  return tidy(() => gatherND(W, expandDims(indices, -1)));
};
