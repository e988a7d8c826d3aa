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

/** A distribution function F, symmetric about F⁻¹(½), of numbers or of tensors. */
export interface Distribution<T> {
  F: (v: T) => T;
  /** F⁻¹, of p in (0, 1). */
  inverse: (p: T) => T;
  /** F′ as a function of m = F(v): the slope at F⁻¹(m). */
  slope: (m: T) => T;
}

export type SoftKindName = 'logistic' | 'laplace' | 'clip';

interface SoftKind {
  ofNumbers: Distribution<number>;
  ofTensors: Distribution<Tensor>;
}

/** The kinds of relaxation. A new one is an entry here, and a name in SoftKindName. */
export const SOFT_KINDS: Record<SoftKindName, SoftKind> = {
  /** 1 / (1 + e⁻ᵛ) */
  logistic: {
    ofNumbers: {
      F: (v) => 1 / (1 + Math.exp(-v)),
      inverse: (p) => Math.log(p / (1 - p)),
      slope: (m) => m * (1 - m),
    },
    ofTensors: {
      F: sigmoid,
      inverse: (p) => log(div(p, sub(1, p))),
      slope: (m) => mul(m, sub(1, m)),
    },
  },
  /** ½ eᵛ for v ≤ 0, and 1 − ½ e⁻ᵛ above. */
  laplace: {
    ofNumbers: {
      F: (v) => (v > 0 ? 1 - Math.exp(-v) / 2 : Math.exp(v) / 2),
      inverse: (p) => Math.sign(0.5 - p) * Math.log(2 * Math.min(p, 1 - p)),
      slope: (m) => Math.min(m, 1 - m),
    },
    ofTensors: {
      F: (v) => {
        const s = sigmoid(v); // eᵛ = s / (1 − s): tfjs's exp takes eight times as long on wasm
        const t = sub(add(s, s), 1);
        return div(add(s, relu(t)), add(abs(t), 1));
      },
      inverse: (p) => mul(sign(sub(0.5, p)), log(mul(2, minimum(p, sub(1, p))))),
      slope: (m) => sub(m, relu(sub(add(m, m), 1))), // min(m, 1 − m)
    },
  },
  /** v from 0 to 1; 0 below and 1 above. */
  clip: {
    ofNumbers: {
      F: (v) => Math.min(Math.max(v, 0), 1),
      inverse: (p) => p,
      slope: (m) => (m > 0 && m < 1 ? 1 : 0),
    },
    ofTensors: {
      F: (v) => clipByValue(v, 0, 1),
      inverse: (p) => p,
      slope: (m) => step(mul(m, sub(1, m))),
    },
  },
};
