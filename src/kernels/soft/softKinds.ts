import {
  abs,
  add,
  clipByValue,
  div,
  log,
  minimum,
  mul,
  relu,
  sigmoid,
  sign,
  step,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** A distribution function F, symmetric about F⁻¹(½). */
interface SoftKind {
  F: (v: Tensor) => Tensor;
  /** F⁻¹, of p in (0, 1). */
  inverse: (p: Tensor) => Tensor;
  /** F′ as a function of m = F(v): the slope at F⁻¹(m). */
  slope: (m: Tensor) => Tensor;
}

export type SoftKindName = 'logistic' | 'laplace' | 'clip';

/** The kinds of relaxation. A new one is an entry here, and a name in SoftKindName. */
export const SOFT_KINDS: Record<SoftKindName, SoftKind> = {
  /** 1 / (1 + e⁻ᵛ) */
  logistic: {
    F: sigmoid,
    inverse: (p) => log(div(p, sub(1, p))),
    slope: (m) => mul(m, sub(1, m)),
  },
  /** ½ eᵛ for v ≤ 0, and 1 − ½ e⁻ᵛ above. */
  laplace: {
    F: (v) => {
      const s = sigmoid(v); // eᵛ = s / (1 − s): tfjs's exp takes eight times as long on wasm
      const t = sub(add(s, s), 1);
      return div(add(s, relu(t)), add(abs(t), 1));
    },
    inverse: (p) => mul(sign(sub(0.5, p)), log(mul(2, minimum(p, sub(1, p))))),
    slope: (m) => sub(m, relu(sub(add(m, m), 1))), // min(m, 1 − m)
  },
  /** v from 0 to 1; 0 below and 1 above. */
  clip: {
    F: (v) => clipByValue(v, 0, 1),
    inverse: (p) => p,
    slope: (m) => step(mul(m, sub(1, m))),
  },
};
