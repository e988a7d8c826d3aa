import { assertArg } from '../../args/check.ts';
import { centralDifference, type CentralDifference } from './centralDifference.ts';
import type { CheckedInput } from './checkedInput.ts';
import type { CheckedOutput } from './checkedOutputs.ts';
import { compareEntry } from './compareEntry.ts';
import type { GradSettings } from './gradSettings.ts';
import { mergeReports } from './mergeReports.ts';
import { norm } from './norm.ts';
import type { Probe } from './Probe.ts';
import { probeReport, type ProbeReport } from './probeReport.ts';
import { probes } from './probes.ts';
import { stepsWithin } from './stepsWithin.ts';

/** Entries of an input are checked one by one up to this number of them. */
const MAX_ENTRIES = 8192;
/** The number of combinations of entries that are checked instead, beyond that. */
const BLOCKS = 256;
const SEED = 72_019;

/**
 * Compares the gradients of all outputs in one input with central differences.
 *
 * @param evaluate f with this input moved to a point.
 * @param title what f is, for the error if it is not finite there.
 */
export function compareInput(
  input: CheckedInput,
  outputs: CheckedOutput[],
  evaluate: (point: Float32Array) => Float32Array,
  title: string,
  { eps, ...tolerances }: GradSettings,
): ProbeReport {
  const reports = probes(input.x.size, MAX_ENTRIES, BLOCKS, SEED).map((probe) => {
    const name = input.nameOf(probe);
    const steps = stepsWithin(input.margin, scaleAlong(probe, input), eps, name);
    const differenceAt = memoize((h) => centralDifference(evaluate, input.point, probe, h));
    const comparisons = outputs.map(({ probe: output, gradients, noise }) => {
      const gradient = gradients[input.index];
      const entry = compareEntry(output, gradient, steps, differenceAt, noise, tolerances);
      const rule = `be finite at a distance of ${String(entry.step)} along ${name}`;
      assertArg(Number.isFinite(entry.numeric), title, rule, String(entry.numeric));
      return entry;
    });
    return probeReport(comparisons, outputs, input, probe);
  });
  return { ...mergeReports(reports), isVisible: reports.some(({ isVisible }) => isVisible) };
}

function scaleAlong(probe: Probe, { scales }: CheckedInput): number {
  if ('index' in probe) return scales[probe.index];
  return norm(scales.subarray(probe.from, probe.from + probe.weights.length));
}

/** Computes each difference once, although several outputs need it. */
function memoize(differenceAt: (h: number) => CentralDifference) {
  const differences = new Map<number, CentralDifference>();
  return (h: number) => {
    const difference = differences.get(h) ?? differenceAt(h);
    differences.set(h, difference);
    return difference;
  };
}
