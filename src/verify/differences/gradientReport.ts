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
}

/** The result of comparing gradients with differences. */
export interface GradientReport {
  /** How many entries of Jacobians were compared. */
  entries: number;
  /** How many had an error above their tolerance. */
  failures: number;
  /** How many passed with a slope below the absolute part of their tolerance, where no fault would show. */
  belowNoise: number;
  /** Whether random combinations stood for single entries, because there are too many of these. */
  isSampled: boolean;
  /** The entry with the largest error relative to its tolerance; null if there are no entries. */
  worst: GradientEntry | null;
}
