import { util } from '@tensorflow/tfjs-core';
import type { CheckedInput } from './checkedInput.ts';
import type { CheckedOutput } from './checkedOutputs.ts';
import { agrees, type EntryComparison } from './compareEntry.ts';
import type { GradientEntry, GradientReport } from './gradientReport.ts';
import type { Probe } from './Probe.ts';
import { worstEntry } from './mergeReports.ts';
import { FAULT } from './rounding.ts';

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
  comparisons: EntryComparison[],
  outputs: CheckedOutput[],
  input: CheckedInput,
  probe: Probe,
): ProbeReport {
  const worst = worstEntry(comparisons);
  const report = {
    entries: comparisons.length,
    order: 1,
    failures: 0,
    kinks: 0,
    steps: 0,
    belowNoise: 0,
    uncertain: 0,
    notes: [],
    isSampled: outputs.some((output) => 'weights' in output.probe || 'weights' in probe),
    worst: worst && gradientEntry(worst, outputs[comparisons.indexOf(worst)], input, probe),
    isVisible: false,
    isZero: true,
    isConstant: true,
  };
  for (const entry of comparisons) {
    const { analytic, numeric, absolute, tolerance, isFlat, kink, jump, secant } = entry;
    const isSmooth = kink === null && jump === null;
    const slope = Math.max(Math.abs(analytic), Math.abs(numeric));
    const size = analytic === 0 ? Math.max(slope, secant) : slope; // where it is 0, as x² at 0, of those around
    if (analytic !== 0) report.isZero = false;
    if (secant !== 0 || numeric !== 0 || isFlat || !isSmooth) report.isConstant = false;
    if (isFlat) report.steps++;
    const isPassed = isSmooth && agrees(entry);
    if (!isSmooth) report.kinks++;
    else if (!isPassed) report.failures++;
    const isSeen = Math.abs(numeric) > absolute || tolerance < FAULT * size;
    if (!isPassed || isFlat || isSeen) report.isVisible = true;
    else if (slope > 0) report.belowNoise++;
    if (isPassed && tolerance > FAULT * size && slope > 0) report.uncertain++;
  }
  return report;
}

function gradientEntry(
  entry: EntryComparison,
  output: CheckedOutput,
  input: CheckedInput,
  probe: Probe,
): GradientEntry {
  const { rank, strides } = input.x;
  return {
    name: `∂${output.name} / ∂${input.nameOf(probe)}`,
    input: input.index,
    index: 'index' in probe ? util.indexToLoc(probe.index, rank, strides) : null,
    analytic: entry.analytic,
    numeric: entry.numeric,
    step: entry.step,
    error: entry.error,
    tolerance: entry.tolerance,
    rounding: entry.rounding,
    kink: entry.kink,
    isKinkNearby: entry.isKinkNearby,
    slopes: null,
    jump: entry.jump,
  };
}
