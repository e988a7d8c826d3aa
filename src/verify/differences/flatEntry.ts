import type { EntryComparison } from './compareEntry.ts';
import type { Section } from './oneSidedSlopes.ts';

/** Kernels whose results are constant, or linear, between jumps. */
const STEPS = [
  ...['Round', 'Floor', 'Ceil', 'Cast to int32'],
  ...['Sign', 'Step', 'FloorDiv', 'FloorMod', 'Mod'],
];
/** By how many times the rounding of its values a function would have moved, were it not constant. */
const VISIBLE = 16;
const UNIT_ROUNDOFF = 2 ** -24;

export function usesSteps(kernels: Set<string>): boolean {
  return STEPS.some((kernel) => kernels.has(kernel));
}

/** An entry of a function that is constant around the point, as tf.round is: its slope is 0. Null if it is not constant. */
export function flatEntry(
  entry: EntryComparison,
  section: Section,
  steps: number[],
): EntryComparison | null {
  const { valueAt } = section;
  const secant = (valueAt(steps[0]) - valueAt(-steps[0])) / (2 * steps[0]);
  const slope = Math.max(Math.abs(entry.analytic), Math.abs(entry.numeric), Math.abs(secant));
  const step = flatStep(section, slope, steps);
  if (step === null) return null;
  const error = Math.abs(entry.analytic);
  return { ...entry, numeric: 0, step, error, absolute: 0, tolerance: 0, isFlat: true };
}

/**
 * A distance within which a function is constant, although its slope, or its rule's, would move it: between two
 * jumps. Null if it is not constant.
 *
 * @param steps from large to small.
 */
export function flatStep({ valueAt }: Section, slope: number, steps: number[]): number | null {
  const value = valueAt(0);
  const h = steps.findLast((h) => slope * h > VISIBLE * UNIT_ROUNDOFF * Math.abs(value));
  return h !== undefined && valueAt(h) === value && valueAt(-h) === value ? h : null;
}
