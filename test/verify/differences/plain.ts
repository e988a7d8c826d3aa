import type { EntryComparison } from '../../../src/verify/differences/compareEntry.ts';
import type { GradientReport } from '../../../src/verify/differences/gradientReport.ts';

/** A slope of 1 that agrees, of a function without rounding, at a step of 1. */
export const AGREEING: EntryComparison = {
  analytic: 1,
  numeric: 1,
  step: 1,
  error: 0,
  tolerance: 0,
  absolute: 0,
  rounding: 0,
  isSettled: true,
  isFlat: false,
  kink: null,
  isKinkNearby: false,
  jump: null,
  secant: 1,
};

/** On nothing. */
export const EMPTY_REPORT: GradientReport = {
  entries: 0,
  order: 1,
  failures: 0,
  kinks: 0,
  steps: 0,
  belowNoise: 0,
  uncertain: 0,
  notes: [],
  isSampled: false,
  worst: null,
};
