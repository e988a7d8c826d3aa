/** One entry of a Jacobian, found twice. */
export interface GradientEntry {
  /** which one, as "∂f[2] / ∂inputs[0][1,3]" */
  name: string;
  /** the place in `inputs` */
  input: number;
  /** the index in that input; null for a random direction */
  index: number[] | null;
  /** by reverse mode */
  analytic: number;
  /** by central differences, extrapolated where the plain one did not pass */
  numeric: number;
  /** h */
  step: number;
  /** |analytic − numeric| */
  error: number;
  /** how great the error may be */
  tolerance: number;
  /** how great rounding is expected to make it: a standard deviation */
  rounding: number;
}

/** What a comparison of gradients found. */
export interface GradientReport {
  /** how many entries were compared */
  entries: number;
  /** how many of them were further apart than their tolerance */
  failures: number;
  /** the one with the greatest error in units of its tolerance; null where there are no entries */
  worst: GradientEntry | null;
}
