import { tidy, where, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';

/** x where `kept`, bool of x's shape, is true, and 0 elsewhere. */
export const KeepWhere: Kernel<Record<'x' | 'kept', Tensor>, object> = {
  name: 'KeepWhere',
  saved: ({ x }) => 2 * x.size,
  any: ({ inputs: { x, kept } }) => tidy(() => where(kept, x, zerosLike(x))),
};
