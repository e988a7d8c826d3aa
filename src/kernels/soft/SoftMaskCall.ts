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
