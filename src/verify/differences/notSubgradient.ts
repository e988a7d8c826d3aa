import type { Change, DirectionAcross } from './acrossKinks.ts';
import type { CheckedOutput } from './checkedOutputs.ts';
import { dot } from './Probe.ts';
import { SIGMAS } from './rounding.ts';

/** A gradient that is not among the slopes of f along a direction. */
export interface OutsideSlopes {
  title: string;
  /** The gradient's slope along it. */
  analytic: number;
  /** The least and the largest slope of f. */
  slopes: [number, number];
  step: number;
  error: number;
  tolerance: number;
  rounding: number;
}

/** The rounding error of a slope to t / 4 and −t / 4 in units of that of f, over t: √2 · 2. */
const ROUNDING = /* @__PURE__ */ Math.sqrt(8);
/** Relative to the slopes: less does not count here. */
const RELATIVE = 0.01;

interface Range {
  direction: DirectionAcross;
  analytic: number;
  below: number;
  above: number;
  nearby: [number, number];
  tolerance: number;
  rounding: number;
}

/**
 * The direction in which a gradient at a kink lies furthest outside the slopes of f; null if it is inside of them in
 * all. For a Clarke regular f, as a maximum is, or for −f, the one-sided slopes along a direction bound every
 * subgradient. For others they do not, and slopes at points nearby come close: there it must be outside by more than
 * their width.
 *
 * @param entries those that move.
 */
export function notSubgradient(
  directions: DirectionAcross[],
  entries: number[],
  output: CheckedOutput,
  gradient: Float32Array,
): OutsideSlopes | null {
  const ranges = directions.map((direction) => rangeOf(direction, entries, output, gradient));
  const isRegular = ranges.every(
    ({ below, above, nearby: [least, largest], tolerance }) =>
      least >= Math.min(below, above) - tolerance && largest <= Math.max(below, above) + tolerance,
  );
  const outside = ranges.flatMap((range) => outsideOf(range, isRegular) ?? []);
  return outside.reduce<OutsideSlopes | null>(
    (worst, next) =>
      worst === null || next.error / next.tolerance > worst.error / worst.tolerance ? next : worst,
    null,
  );
}

function rangeOf(
  direction: DirectionAcross,
  entries: number[],
  { probe, noise }: CheckedOutput,
  gradient: Float32Array,
): Range {
  const { weights, step, sides, nearby } = direction;
  const slopeOf = ({ from, to, length }: Change) => (dot(probe, to) - dot(probe, from)) / length;
  const sum = (moved: ArrayLike<number>) =>
    entries.reduce((sum, j, i) => sum + moved[i] * gradient[j], 0);
  const promised = ({ moved, length }: Change) => sum(moved) / length;
  const analytic = sum(weights);
  // float32 rounds each step differently, so the error counts.
  const slopeAt = (change: Change) => analytic + slopeOf(change) - promised(change);
  const [below, above] = sides.map(slopeAt);
  const slopes = nearby.map(slopeAt);
  const range: [number, number] = [Math.min(...slopes), Math.max(...slopes)];
  const largest = Math.max(...[analytic, above, below, ...range].map(Math.abs));
  const rounding = (ROUNDING * noise) / step;
  const tolerance = SIGMAS * rounding + RELATIVE * largest;
  return { direction, analytic, below, above, nearby: range, tolerance, rounding };
}

function outsideOf(
  { direction, analytic, below, above, nearby, tolerance, rounding }: Range,
  isRegular: boolean,
): OutsideSlopes | null {
  const all = isRegular ? [below, above] : [below, above, ...nearby];
  const [least, largest] = [Math.min(...all), Math.max(...all)];
  const slack = isRegular ? 0 : largest - least;
  const error = Math.max(least - analytic, analytic - largest);
  if (!(error > tolerance + slack)) return null; // also if it is NaN
  const { title, step } = direction;
  return { title, analytic, slopes: [least, largest], step, error, tolerance, rounding };
}
