import type { Section } from './oneSidedSlopes.ts';
import { SIGMAS, UNIT_ROUNDOFF, VISIBLE } from './rounding.ts';

/** How many of the smallest steps are taken, each twice the one before. */
const STEPS = 5;
/** A jump is this many times as high as what the function does on either side within these steps. */
const HEIGHT = 4;

/**
 * The values just below and just above the point, if the function jumps there; else null. Where it is continuous, both
 * sides differ by no more than either side does within itself.
 *
 * @param steps from large to small, each half the one before.
 */
export function jumpAcross({ valueAt, noise }: Section, steps: number[]): [number, number] | null {
  if (steps.length < STEPS) return null;
  const [below, above] = [-1, 1].map((sign) => steps.slice(-STEPS).map((h) => valueAt(sign * h)));
  const [from, to] = [below, above].map((values) => values[STEPS - 1]);
  const spread = Math.max(
    ...[below, above].map((values) => Math.max(...values) - Math.min(...values)),
  );
  const rounding = UNIT_ROUNDOFF * Math.max(Math.abs(from), Math.abs(to));
  const least = Math.max(HEIGHT * spread, VISIBLE * rounding, SIGMAS * Math.SQRT2 * noise);
  return Math.abs(to - from) > least ? [from, to] : null;
}
