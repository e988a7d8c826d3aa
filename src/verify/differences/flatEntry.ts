import { isSettled, type EntryComparison } from './compareEntry.ts';
import { jumpAcross } from './jumpAcross.ts';
import type { Section } from './oneSidedSlopes.ts';
import { FAULT, UNIT_ROUNDOFF, VISIBLE } from './rounding.ts';

/** Kernels whose results are constant, or linear, between jumps. */
const STEPS = ['Round', 'Floor', 'Ceil', 'Cast to int32', 'Sign', 'Step', 'FloorDiv', 'Mod'];

export function usesSteps(kernels: Set<string>): boolean {
  return STEPS.some((kernel) => kernels.has(kernel));
}

/**
 * An entry of a function that is constant around the point, as tf.round is: its slope is 0. Null if it is not constant.
 */
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

/** An entry of a function that jumps at the point. Null if it does not. */
export function jumpEntry(
  entry: EntryComparison,
  section: Section,
  steps: number[],
): EntryComparison | null {
  const jump = jumpAcross(section, steps);
  return jump && { ...entry, step: steps[steps.length - 1], jump };
}

/**
 * A distance within which a function is constant, although its slope, or its rule's, would move it: between two
 * jumps. Null if it is not constant.
 *
 * @param steps from large to small.
 */
export function flatStep({ valueAt }: Section, slope: number, steps: number[]): number | null {
  const value = valueAt(0);
  const h = visibleStep(value, slope, steps);
  return h !== undefined && valueAt(h) === value && valueAt(-h) === value ? h : null;
}

/**
 * Whether an entry agrees, shows faults of 1 %, and the smallest step that shows its slope is in line with it, or f is
 * the same at every step: then it does not matter that f jumps further away.
 */
export function isLocal(entry: EntryComparison, { valueAt }: Section, steps: number[]): boolean {
  const slope = Math.max(Math.abs(entry.analytic), Math.abs(entry.numeric));
  if (!isSettled(entry)) return false;
  const value = valueAt(0);
  if (slope === 0) return steps.every((h) => valueAt(h) === value && valueAt(-h) === value);
  if (entry.tolerance > FAULT * slope) return false;
  const h = visibleStep(value, slope, steps);
  if (h === undefined) return true;
  return Math.abs((valueAt(h) - valueAt(-h)) / (2 * h) - entry.analytic) <= slope / 4;
}

function visibleStep(value: number, slope: number, steps: number[]): number | undefined {
  return steps.findLast((h) => slope * h > VISIBLE * UNIT_ROUNDOFF * Math.abs(value));
}
