import { withGradientNoise, type EntryComparison } from './compareEntry.ts';
import type { GradSettings } from './gradSettings.ts';
import { flatStep } from './flatStep.ts';
import { noiseAlong } from './noiseAlong.ts';
import { oneSidedSlopes, type Section } from './oneSidedSlopes.ts';
import { NEARBY_STEP } from './slopesNearby.ts';

/** An entry, and what was found out about it where its differences alone do not tell. */
export interface ExaminedEntry extends EntryComparison {
  /** Whether f is constant around the point, between jumps. */
  isFlat: boolean;
  /** The least and the largest slope at a kink between which the gradient lies. */
  kink: [number, number] | null;
}

/** How far to look for steps where f seems to be constant, in units of the reach. */
const FAR = 200;
/** Of slopes that belong to a kink, how they may shrink with a step that is 16 times smaller. */
const SHRINKAGE = 16;
const SIGMAS = 8;

/** What can be measured, at the cost of more evaluations. */
export interface Measurements {
  /** The slopes at points at some distance. */
  nearby: (h: number) => number[];
  /** The standard deviation of the rounding error of the gradient by reverse mode. */
  gradientNoise: () => number;
  /** How far rounding is about the same as at the point. */
  reach: number;
  /** Compares the entry again, with another expected rounding error of f. */
  compare: (noise: number) => EntryComparison;
}

/**
 * Looks for a reason, other than a wrong rule, why an entry does not agree: more rounding of f along this entry than
 * was expected, a kink, or rounding of the gradient.
 *
 * @param section the output along this entry.
 * @param steps from large to small.
 */
export function examineEntry(
  entry: EntryComparison,
  section: Section,
  steps: number[],
  { rtol, atol }: Pick<GradSettings, 'rtol' | 'atol'>,
  { nearby, gradientNoise, reach, compare }: Measurements,
): ExaminedEntry {
  const isNoiseExpected = atol === undefined;
  const noise = isNoiseExpected
    ? noiseOf(entry, section, reach, steps[steps.length - 1])
    : section.noise;
  const found = noise > section.noise ? compare(noise) : entry;
  const plain = { ...found, isFlat: false, kink: null };
  if (agrees(found)) return plain;

  const finest = SHRINKAGE * steps[steps.length - 1]; // it shrinks to a few times float32's spacing
  const oneSided = oneSidedSlopes({ ...section, noise }, Math.max(found.step, finest), rtol);
  if (oneSided !== null && liesBetween(found, oneSided.slopes)) {
    return { ...plain, step: oneSided.step, kink: range(oneSided.slopes) };
  }
  const h = Math.max(Math.min(found.step, reach / 2), finest / NEARBY_STEP);
  const [far, near] = [h, h / SHRINKAGE].map((h) => range(nearby(h)));
  const rounding = (found.rounding * found.step * SHRINKAGE) / (h * NEARBY_STEP);
  const isKink = width(near) > SIGMAS * rounding + width(far) / Math.sqrt(SHRINKAGE);
  const slopes = range([...near, ...(oneSided?.slopes ?? [])]);
  if (isKink && liesBetween(found, slopes)) return { ...plain, kink: slopes };
  // Across a kink the gradient jumps, which is not rounding.
  const isSmooth = oneSided === null && !isKink;
  return isSmooth && isNoiseExpected
    ? { ...plain, ...withGradientNoise(found, gradientNoise()) }
    : plain;
}

function noiseOf(
  { numeric, step }: EntryComparison,
  section: Section,
  reach: number,
  smallest: number,
): number {
  const limit = numeric === 0 ? FAR * reach : reach;
  return Math.max(section.noise, noiseAlong(section.valueAt, step, smallest, limit));
}

export function agrees({ error, tolerance }: EntryComparison): boolean {
  return error <= tolerance;
}

/** An entry of a function that is constant around the point: its slope is 0. */
export function flatEntry(
  entry: EntryComparison,
  section: Section,
  steps: number[],
): ExaminedEntry | null {
  const { valueAt } = section;
  const secant = (valueAt(steps[0]) - valueAt(-steps[0])) / (2 * steps[0]);
  const slope = Math.max(Math.abs(entry.analytic), Math.abs(entry.numeric), Math.abs(secant));
  const step = flatStep(section, slope, steps);
  if (step === null) return null;
  const error = Math.abs(entry.analytic);
  return { ...entry, numeric: 0, step, error, absolute: 0, tolerance: 0, isFlat: true, kink: null };
}

function range(slopes: number[]): [number, number] {
  return [Math.min(...slopes) + 0, Math.max(...slopes) + 0]; // + 0 turns −0 into 0
}

function width([least, largest]: [number, number]): number {
  return largest - least;
}

function liesBetween({ analytic, tolerance }: EntryComparison, slopes: [number, number]): boolean {
  const [least, largest] = range(slopes);
  return analytic >= least - tolerance && analytic <= largest + tolerance;
}
