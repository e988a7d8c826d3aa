import { assertArg } from '../../args/check.ts';
import type { CheckedInput } from './checkedInput.ts';
import type { CheckedOutput } from './checkedOutputs.ts';
import {
  compareEntry,
  isSettled,
  type EntryComparison,
  type FurtherSteps,
} from './compareEntry.ts';
import { confirmEntry, examineEntry } from './examineEntry.ts';
import { flatEntry, isLocal, jumpEntry } from './flatEntry.ts';
import type { GradSettings } from './gradSettings.ts';
import { lineThrough, type Line } from './lineThrough.ts';
import { gridNoise, smoothNoiseAlong } from './noiseAlong.ts';
import type { Section } from './oneSidedSlopes.ts';
import { dot, moveAlong, normWithin, type Probe } from './Probe.ts';
import { slopesNearby } from './slopesNearby.ts';
import { stepsBetweenJumps, type Piece } from './stepsBetweenJumps.ts';
import { FINE_STEP, FIRST_STEP, largerSteps, stepsWithin } from './stepsWithin.ts';

/** f with one input moved to a point, and what is known of it. */
export interface Restriction {
  /** f at the inputs themselves. */
  y: Float32Array;
  evaluate: (point: Float32Array) => Float32Array;
  /** What f is, for the error if it is not finite. */
  title: string;
  /** Whether it runs kernels that jump. */
  usesSteps: boolean;
}

/** How much to spend on an entry. */
export interface Effort {
  /** Whether to look for reasons why an entry does not agree. */
  isExamined: boolean;
  /** Whether to measure rounding before a kink is believed. */
  isVerified: boolean;
}

/** How far to look for the steps of a grid where f seems to be constant. */
const FAR = 200;

/** Compares the slopes of outputs along one probe, and examines those that do not agree. */
export function compareAlong(
  input: CheckedInput,
  probe: Probe,
  { y, evaluate, title, usesSteps }: Restriction,
  settings: GradSettings,
): (checked: CheckedOutput, effort: Effort) => EntryComparison {
  const name = input.nameOf(probe);
  const { eps, atol } = settings;
  const magnitude = normWithin(probe, input.magnitudes);
  const steps = stepsWithin(input.margin, normWithin(probe, input.scales), eps, name, magnitude);
  const isFree = eps === undefined && atol === undefined;
  const larger = isFree ? largerSteps(steps[0], input.margin) : [];
  const further = { larger, fine: FINE_STEP * magnitude };
  const line = lineThrough(input.point, probe, evaluate, y);

  const compare = (checked: CheckedOutput, { steps, noise }: Piece, further?: FurtherSteps) => {
    const row = checked.gradients[input.index];
    const { differenceAt } = line;
    const entry = compareEntry(checked.probe, row, steps, differenceAt, noise, settings, further);
    if (!Number.isFinite(entry.numeric)) refuseValue(entry);
    const [h] = steps;
    const [below, at, above] = [-h, 0, h].map((t) => dot(checked.probe, line.valuesAt(t)));
    return { ...entry, secant: Math.max(Math.abs(above - at), Math.abs(below - at)) / h };
  };
  const judge = (
    checked: CheckedOutput,
    { isExamined, isVerified }: Effort,
    piece: Piece,
    further?: FurtherSteps,
  ): EntryComparison => {
    const entry = compare(checked, piece, further);
    const section = sectionOf(line, checked.probe, piece.noise);
    const near = 2 * Math.min(piece.steps[0], FIRST_STEP * magnitude);
    const isBetweenJumps = piece.steps.length < steps.length;
    const reach = isBetweenJumps
      ? { near: piece.steps[0], far: piece.steps[0] }
      : { near, far: FAR * near };
    if (isSettled(entry)) {
      return confirmEntry(entry, section, piece.steps, settings, { reach, isVerified });
    }
    if (!isExamined) return entry; // it takes long
    return examineEntry(entry, section, piece.steps, settings, {
      nearby: (h) => slopesNearby(input, probe, checked.probe, h, evaluate),
      gradientNoise(limit) {
        const gradients = lineThrough(input.point, probe, gradientIn(input, checked));
        const step = Math.min(entry.step, FINE_STEP * magnitude);
        const smallest = piece.steps[piece.steps.length - 1];
        const { valueAt } = sectionOf(gradients, probe, 0);
        const ofGrid = gridNoise(valueAt, smallest, limit);
        return Math.max(smoothNoiseAlong(valueAt, step, smallest), ofGrid);
      },
      reach,
      isVerified,
      compare: (noise) => compare(checked, { ...piece, noise }, further),
    });
  };
  const refuseValue = ({ numeric, step }: EntryComparison) => {
    const distance = `at a distance of ${String(step)}`;
    const isInRange = [-step, step].every((t) =>
      moveAlong(input.point, probe, t).every(Number.isFinite),
    );
    assertArg(isInRange, name, `be within the range of float32 ${distance} as well`, 'Infinity');
    assertArg(false, title, `be finite ${distance} along ${name}`, { value: numeric });
  };

  return (checked, effort) => {
    const all = { steps, noise: checked.noise };
    if (!usesSteps) return judge(checked, effort, all, further);
    const entry = compare(checked, all, further);
    const section = sectionOf(line, checked.probe, 0); // the noise may be that of jumps nearby
    const broken = flatEntry(entry, section, steps) ?? jumpEntry(entry, section, steps);
    if (broken !== null) return broken;
    const piece = isLocal(entry, section, steps) ? all : stepsBetweenJumps(section.valueAt, steps);
    return piece.steps.length < steps.length
      ? judge(checked, effort, piece)
      : judge(checked, effort, all, further);
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
