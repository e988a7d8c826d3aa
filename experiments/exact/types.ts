import type { Fraction } from './Fraction.ts';

/** A decimal text, such as '0.1' or '-3.5E+2', or a number, which stands for what it prints as. */
export type Entry = string | number;

/** The loss Σ topk(Wx)² at a point, as typed. */
export interface ExactProblem {
  /** n rows of d entries; n and d are at least 1. */
  W: readonly ArrayLike<Entry>[];
  /** d entries. */
  x: ArrayLike<Entry>;
  /** An integer in [0, n]. */
  k: number;
}

/** digits · base^exponent; the last digit is not 0. The number 0 has the exponent 0. */
export interface Scaled {
  digits: bigint;
  exponent: number;
}

/** How an entry is read: as a decimal, or as the binary number to which float32 rounds it. */
export interface Notation {
  base: bigint;
  read: (entry: Entry) => Scaled;
}

/** The vector integers · base^exponent. */
export interface ScaledVector {
  integers: bigint[];
  base: bigint;
  exponent: number;
}

export interface Verdict {
  differentiable: boolean;
  /** What follows "because": rows 0 and 1 tie at 0.3, and only 1 of them is selected. */
  reason: string;
}

/** What is decided about the loss at one point, without rounding. */
export interface Decision {
  /** The indices of the k largest entries of y = Wx, in the order of topk. */
  selected: number[];
  /** A, T and r: the rows with yᵢ > τ, those with yᵢ = τ, and how many of T are selected. */
  above: number[];
  tied: number[];
  remaining: number;
  /** τ, the k-th largest entry of y; null for k = 0. */
  threshold: Fraction | null;
  /** The (k+1)-th largest entry of y; null for k = n. */
  runnerUp: Fraction | null;
  /** threshold − runnerUp ≥ 0; null, which stands for ∞, for k = 0 and k = n. */
  margin: Fraction | null;
  /** The loss Σ topk(Wx)². */
  loss: Fraction;
  /** Is the loss differentiable as a function of W, and as a function of x? */
  inW: Verdict;
  inX: Verdict;
  /** margin² / (2‖x‖²); null, which stands for ∞, for k = 0, k = n and x = 0. */
  radiusSquared: Fraction | null;
}

/** L(W + Δ) compared with L(W) + ⟨∇L, Δ⟩ + ‖(Δx)_S‖² for one Δ. */
export interface Step {
  direction: string;
  /** ‖Δ‖ over the radius, to 11 digits and never more; null if the radius is ∞. */
  share: string | null;
  /** ‖Δ‖². */
  normSquared: Fraction;
  /** Are the same rows selected at W + Δ as at W? */
  sameSelection: boolean;
  /** Are the two sides equal? */
  holds: boolean;
}

export interface Certificate extends Decision {
  /** √radiusSquared, rounded down to 6 significant digits; null stands for ∞. */
  radius: string | null;
  /** Steps inside the radius, and one just beyond it. Empty if the radius is 0. */
  steps: Step[];
  /** The exact decision for W and x rounded to float32; null if they overflow. */
  float32: (Decision & { changes: { inW: boolean; inX: boolean; selection: boolean } }) | null;
}
