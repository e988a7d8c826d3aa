/** One entry of a Jacobian, computed in two ways. */
export interface GradientEntry {
  /** Which entry, as in "∂f[2] / ∂inputs[0][1,3]". */
  name: string;
  /** The index in `inputs`. */
  input: number;
  /** The index in that input; null for a random combination of entries. */
  index: number[] | null;
  /** The slope by reverse mode. */
  analytic: number;
  /** The slope by a central difference, extrapolated if the first difference did not agree. */
  numeric: number;
  /** The step h of the last difference. */
  step: number;
  /** |analytic − numeric| */
  error: number;
  /** The largest error that passes. */
  tolerance: number;
  /** The standard deviation of the error due to rounding. */
  rounding: number;
  /** At a kink, the least and the largest slope between which `analytic` lies; else null. */
  kink: [number, number] | null;
  /**
   * Whether these are slopes at points nearby, where along the entry itself there is no kink and the slope is
   * `numeric`.
   */
  isKinkNearby: boolean;
  /**
   * Where several entries at kinks move together, and `analytic` is the slope that the gradient promises for that: the
   * least and the largest slope of f, if it is not between them. Else null.
   */
  slopes: [number, number] | null;
  /** Where f jumps, its values just below and just above the point; else null. */
  jump: [number, number] | null;
}

/** The result of comparing gradients with differences. */
export interface GradientReport {
  /** How many entries of Jacobians were compared. */
  entries: number;
  /** The order at which the comparison ended: 1 for the gradient, 2 for the gradient of the gradient. */
  order: number;
  /** How many had an error above their tolerance, other than at a kink; and at how many kinks it is no subgradient. */
  failures: number;
  /**
   * At how many f is not differentiable: it jumps, or the slopes on both sides or at points nearby differ, and the
   * gradient lies between them.
   */
  kinks: number;
  /** At how many f is constant, but jumps nearby, as tf.round does. Their slope is 0. */
  steps: number;
  /** How many passed with a slope below the absolute part of their tolerance, where no fault would show. */
  belowNoise: number;
  /** How many passed where a fault of 1 % of the slope would not show; those below noise are among them. */
  uncertain: number;
  /** What else is worth knowing, in sentences: "the gradient is zero everywhere". */
  notes: string[];
  /** Whether random combinations stood for single entries, because there are too many of these. */
  isSampled: boolean;
  /**
   * The entry with the largest error relative to its tolerance, or where f is not differentiable; null if there are no
   * entries.
   */
  worst: GradientEntry | null;
}
