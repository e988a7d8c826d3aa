import type { KernelBackend, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import type { SoftKindName } from './softKinds.ts';

export interface SoftMaskAttrs extends NamedAttrMap {
  k: number;
  kind: SoftKindName;
}

export interface SoftMaskCall {
  /** x `[rows, n]` and a scalar τ. */
  inputs: { x: Tensor; τ: Tensor };
  attrs: SoftMaskAttrs;
  backend: KernelBackend;
}

/** float32 on a GPU does not tell a smaller k from 0. */
export const MIN_POSITIVE = 2 ** -126;
/** The largest float32, slightly reduced: anything beyond counts as infinite. */
export const MAX_FLOAT = 3.4e38;
