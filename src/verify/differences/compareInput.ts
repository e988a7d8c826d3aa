import { assertArg } from '../../args/check.ts';
import type { CheckedInput } from './checkedInput.ts';
import type { CheckedOutput } from './checkedOutputs.ts';
import { agrees, compareEntry, type EntryComparison } from './compareEntry.ts';
import { examineEntry } from './examineEntry.ts';
import { flatEntry } from './flatEntry.ts';
import type { GradSettings } from './gradSettings.ts';
import { lineThrough, type Line } from './lineThrough.ts';
import { mergeReports } from './mergeReports.ts';
import { noiseAlong } from './noiseAlong.ts';
import type { Section } from './oneSidedSlopes.ts';
import { dot, moveAlong, normWithin, type Probe } from './Probe.ts';
import { probeReport, type ProbeReport } from './probeReport.ts';
import { probes } from './probes.ts';
import { slopesNearby } from './slopesNearby.ts';
import { FINE_STEP, FIRST_STEP, largerSteps, stepsWithin } from './stepsWithin.ts';

/** Entries of an input are checked one by one up to this number of them. */
const MAX_ENTRIES = 8192;
/** The number of combinations of entries that are checked instead, beyond that. */
const BLOCKS = 256;
const SEED = 72_019;
/** After so many failures that remain, the next ones are not examined. */
const MAX_EXAMINED = 8;

/** f with one input moved to a point, and what is known of it. */
export interface Restriction {
  evaluate: (point: Float32Array) => Float32Array;
  /** What f is, for the error if it is not finite. */
  title: string;
  /** Whether it runs kernels that are constant between jumps. */
  usesSteps: boolean;
}

/** Compares the gradients of all outputs in one input with central differences. */
export function compareInput(
  input: CheckedInput,
  outputs: CheckedOutput[],
  f: Restriction,
  settings: GradSettings,
): ProbeReport {
  let failures = 0;
  const reports = probes(input.x.size, MAX_ENTRIES, BLOCKS, SEED).map((probe) => {
    const compare = comparison(input, probe, f, settings);
    const comparisons = outputs.map((output) => compare(output, failures < MAX_EXAMINED));
    const report = probeReport(comparisons, outputs, input, probe);
    failures += report.failures;
    return report;
  });
  return {
    ...mergeReports(reports),
    isVisible: reports.some(({ isVisible }) => isVisible),
    isZero: reports.every(({ isZero }) => isZero),
    isConstant: reports.every(({ isConstant }) => isConstant),
  };
}

/** Compares the slopes of outputs along one probe, and examines those that do not agree. */
function comparison(
  input: CheckedInput,
  probe: Probe,
  { evaluate, title, usesSteps }: Restriction,
  settings: GradSettings,
) {
  const name = input.nameOf(probe);
  const { eps, atol } = settings;
  const magnitude = normWithin(probe, input.magnitudes);
  const steps = stepsWithin(input.margin, normWithin(probe, input.scales), eps, name, magnitude);
  const isFree = eps === undefined && atol === undefined;
  const larger = isFree ? largerSteps(steps[0], input.margin) : [];
  const further = { larger, fine: FINE_STEP * magnitude };
  const reach = 2 * Math.min(steps[0], FIRST_STEP * magnitude);
  const smallest = steps[steps.length - 1];
  const line = lineThrough(input.point, probe, evaluate);
  const isInRange = (h: number) =>
    [-h, h].every((t) => moveAlong(input.point, probe, t).every(Number.isFinite));

  return (checked: CheckedOutput, isExamined: boolean): EntryComparison => {
    const output = checked.probe;
    const row = checked.gradients[input.index];
    const compare = (noise: number) =>
      compareEntry(output, row, steps, line.differenceAt, noise, settings, further);
    const entry = compare(checked.noise);
    if (!Number.isFinite(entry.numeric)) refuseValue(entry, title, name, isInRange(entry.step));
    if (!usesSteps && agrees(entry) && entry.isSettled) return entry; // the others take long

    const section = sectionOf(line, output, checked.noise);
    const flat = usesSteps ? flatEntry(entry, section, steps) : null;
    if (flat !== null) return flat;
    if ((agrees(entry) && entry.isSettled) || !isExamined) return entry;
    return examineEntry(entry, section, steps, settings, {
      nearby: (h) => slopesNearby(input, probe, output, h, evaluate),
      gradientNoise(limit) {
        const gradients = lineThrough(input.point, probe, gradientIn(input, checked));
        const step = Math.min(entry.step, further.fine);
        return noiseAlong(sectionOf(gradients, probe, 0).valueAt, step, smallest, limit);
      },
      reach,
      compare,
    });
  };
}

/** The gradient of an output in one input, as a function of that input. */
function gradientIn({ index }: CheckedInput, { gradientsAt }: CheckedOutput) {
  return (point: Float32Array) => {
    const points: Float32Array[] = [];
    points[index] = point;
    return gradientsAt(points)[index];
  };
}

function sectionOf({ valuesAt, lengthOf }: Line, output: Probe, noise: number): Section {
  return { valueAt: (t: number) => dot(output, valuesAt(t)), lengthOf, noise };
}

function refuseValue(
  { numeric, step }: EntryComparison,
  title: string,
  name: string,
  isInRange: boolean,
): void {
  const distance = `at a distance of ${String(step)}`;
  assertArg(isInRange, name, `be within the range of float32 ${distance} as well`, 'Infinity');
  assertArg(false, title, `be finite ${distance} along ${name}`, { value: numeric });
}
