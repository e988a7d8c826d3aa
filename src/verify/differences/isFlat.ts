import type { Section } from './oneSidedSlopes.ts';

/** How many times the rounding of its values a function should have moved, were it not constant. */
const VISIBLE = 16;
const UNIT_ROUNDOFF = 2 ** -24;

/**
 * Whether a function is constant where its slope, or its rule's, would move it: between two jumps, as tf.round is.
 *
 * @param steps from large to small.
 */
export function isFlat({ valueAt }: Section, slope: number, steps: number[]): boolean {
  const value = valueAt(0);
  const h = steps.findLast((h) => slope * h > VISIBLE * UNIT_ROUNDOFF * Math.abs(value));
  return h !== undefined && valueAt(h) === value && valueAt(-h) === value;
}
