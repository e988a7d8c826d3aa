import { util } from '@tensorflow/tfjs-core';
import type { CheckedInput } from './checkedInput.ts';
import type { CheckedOutput } from './checkedOutputs.ts';
import { agrees, type ExaminedEntry } from './examineEntry.ts';
import type { GradientEntry, GradientReport } from './gradientReport.ts';
import type { Probe } from './Probe.ts';
import { worstEntry } from './worstEntry.ts';

export interface ProbeReport extends GradientReport {
  /** Whether a fault would show in any of the entries. */
  isVisible: boolean;
  /** Whether the gradient is 0 in all of the entries. */
  isZero: boolean;
  /** Whether the differences are 0 in all of the entries. */
  isConstant: boolean;
}

/** The report on the slopes of all outputs along a probe of an input. */
export function probeReport(
  comparisons: ExaminedEntry[],
  outputs: CheckedOutput[],
  input: CheckedInput,
  probe: Probe,
): ProbeReport {
  const invisible = comparisons.filter((entry) => !isVisible(entry));
  const worst = worstEntry(comparisons);
  return {
    entries: comparisons.length,
    order: 1,
    failures: comparisons.filter(hasFailed).length,
    kinks: comparisons.filter(({ kink }) => kink !== null).length,
    steps: comparisons.filter(({ isFlat }) => isFlat).length,
    belowNoise: invisible.filter(({ analytic, numeric }) => analytic !== 0 || numeric !== 0).length,
    uncertain: comparisons.filter(isUncertain).length,
    notes: [],
    isSampled: outputs.some((output) => 'weights' in output.probe || 'weights' in probe),
    worst: worst && gradientEntry(worst, outputs[comparisons.indexOf(worst)], input, probe),
    isVisible: invisible.length < comparisons.length,
    isZero: comparisons.every(({ analytic }) => analytic === 0),
    isConstant: comparisons.every(({ numeric, isFlat }) => numeric === 0 && !isFlat),
  };
}

function hasFailed(entry: ExaminedEntry): boolean {
  return !agrees(entry) && entry.kink === null;
}

function isVisible(entry: ExaminedEntry): boolean {
  return !agrees(entry) || entry.isFlat || Math.abs(entry.numeric) > entry.absolute;
}

/** Of the slope: a fault that should show. */
const FAULT = 0.01;

function isUncertain(entry: ExaminedEntry): boolean {
  const slope = Math.max(Math.abs(entry.analytic), Math.abs(entry.numeric));
  return agrees(entry) && slope > 0 && entry.tolerance > FAULT * slope;
}

function gradientEntry(
  { analytic, numeric, step, error, tolerance, rounding, kink }: ExaminedEntry,
  output: CheckedOutput,
  input: CheckedInput,
  probe: Probe,
): GradientEntry {
  const name = `∂${output.name} / ∂${input.nameOf(probe)}`;
  const { rank, strides } = input.x;
  const index = 'index' in probe ? util.indexToLoc(probe.index, rank, strides) : null;
  return {
    name,
    input: input.index,
    index,
    analytic,
    numeric,
    step,
    error,
    tolerance,
    rounding,
    kink,
  };
}
