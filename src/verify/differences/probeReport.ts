import { util } from '@tensorflow/tfjs-core';
import type { CheckedInput } from './checkedInput.ts';
import type { CheckedOutput } from './checkedOutputs.ts';
import type { EntryComparison } from './compareEntry.ts';
import type { GradientEntry, GradientReport } from './gradientReport.ts';
import type { Probe } from './Probe.ts';
import { worstEntry } from './worstEntry.ts';

export interface ProbeReport extends GradientReport {
  /** Whether a fault would show in any of the entries. */
  isVisible: boolean;
}

/** The report on the slopes of all outputs along a probe of an input. */
export function probeReport(
  comparisons: EntryComparison[],
  outputs: CheckedOutput[],
  input: CheckedInput,
  probe: Probe,
): ProbeReport {
  const invisible = comparisons.filter((entry) => !isVisible(entry));
  const worst = worstEntry(comparisons);
  return {
    entries: comparisons.length,
    failures: comparisons.filter(hasFailed).length,
    belowNoise: invisible.filter(({ analytic, numeric }) => analytic !== 0 || numeric !== 0).length,
    isSampled: outputs.some((output) => 'weights' in output.probe || 'weights' in probe),
    worst: worst && gradientEntry(worst, outputs[comparisons.indexOf(worst)], input, probe),
    isVisible: invisible.length < comparisons.length,
  };
}

function hasFailed({ error, tolerance }: EntryComparison): boolean {
  return error > tolerance;
}

function isVisible(entry: EntryComparison): boolean {
  return hasFailed(entry) || Math.abs(entry.numeric) > entry.absolute;
}

function gradientEntry(
  { analytic, numeric, step, error, tolerance, rounding }: EntryComparison,
  output: CheckedOutput,
  input: CheckedInput,
  probe: Probe,
): GradientEntry {
  const name = `∂${output.name} / ∂${input.nameOf(probe)}`;
  const { rank, strides } = input.x;
  const index = 'index' in probe ? util.indexToLoc(probe.index, rank, strides) : null;
  return { name, input: input.index, index, analytic, numeric, step, error, tolerance, rounding };
}
