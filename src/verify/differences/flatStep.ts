import type { Section } from './oneSidedSlopes.ts';

/** By how many times the rounding of its values a function would have moved, were it not constant. */
const VISIBLE = 16;
const UNIT_ROUNDOFF = 2 ** -24;

/**
 * A distance within which a function is constant, although its slope, or its rule's, would move it: between two
 * jumps, as tf.round is. Null if it is not constant.
 *
 * @param steps from large to small.
 */
export function flatStep({ valueAt }: Section, slope: number, steps: number[]): number | null {
  const value = valueAt(0);
  const h = steps.findLast((h) => slope * h > VISIBLE * UNIT_ROUNDOFF * Math.abs(value));
  return h !== undefined && valueAt(h) === value && valueAt(-h) === value ? h : null;
}
