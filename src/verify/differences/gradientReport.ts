/** One entry of a Jacobian, found twice. */
export interface GradientEntry {
  /** which one, as "∂f[2] / ∂inputs[0][1,3]" */
  name: string;
  /** the place in `inputs` */
  input: number;
  /** the index in that input; null for a random combination */
  index: number[] | null;
  /** by reverse mode */
  analytic: number;
  /** by central differences, extrapolated where the plain one did not agree */
  numeric: number;
  /** h, of the last difference */
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
  /** how many have a slope below the absolute part of their tolerance, so that no fault shows there */
  hidden: number;
  /** whether random probes stood for single entries, since there are too many */
  isSampled: boolean;
  /** the one with the greatest error in units of its tolerance; null where there are no entries */
  worst: GradientEntry | null;
}

/** How much of its tolerance the error takes up. */
export function errorRatio({
  error,
  tolerance,
}: Pick<GradientEntry, 'error' | 'tolerance'>): number {
  return error === 0 ? 0 : error / tolerance;
}
