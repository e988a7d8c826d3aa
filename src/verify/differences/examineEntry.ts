import type { EntryComparison } from './compareEntry.ts';
import type { GradSettings } from './gradSettings.ts';
import { flatStep } from './flatStep.ts';
import { noiseAlong } from './noiseAlong.ts';
import { oneSidedSlopes, type Section } from './oneSidedSlopes.ts';

/** An entry, and what was found out about it where its differences alone do not tell. */
export interface ExaminedEntry extends EntryComparison {
  /** Whether f is constant around the point, between jumps. */
  isFlat: boolean;
  /** The least and the largest slope at a kink between which the gradient lies. */
  kink: [number, number] | null;
}

/** How far to look for steps where f seems to be constant, in units of the first step: 16 times the scale. */
const FAR = 400;
/** Of slopes that belong to a kink, how they may shrink with a step that is 16 times smaller. */
const SHRINKAGE = 16;

/**
 * Looks for a reason, other than a wrong rule, why an entry does not agree: more rounding along this entry than was
 * expected, or a kink.
 *
 * @param section the output along this entry.
 * @param steps from large to small.
 * @param slopesNearby the slopes at points at some distance.
 * @param compare compares the entry again, with another expected rounding error.
 */
export function examineEntry(
  entry: EntryComparison,
  section: Section,
  steps: number[],
  { rtol, atol }: Pick<GradSettings, 'rtol' | 'atol'>,
  slopesNearby: (h: number) => number[],
  compare: (noise: number) => EntryComparison,
): ExaminedEntry {
  const smallest = steps[steps.length - 1];
  const limit = (entry.numeric === 0 ? FAR : 2) * steps[0];
  const measured =
    atol === undefined ? noiseAlong(section.valueAt, entry.step, smallest, limit) : 0;
  const noise = Math.max(section.noise, measured);
  const found = noise > section.noise ? compare(noise) : entry;
  const plain = { ...found, isFlat: false, kink: null };
  if (agrees(found)) return plain;
  const oneSided = oneSidedSlopes({ ...section, noise }, found.step, rtol);
  if (oneSided !== null && liesBetween(found, oneSided.slopes)) {
    return { ...plain, step: oneSided.step, kink: range(oneSided.slopes) };
  }
  const far = range(slopesNearby(found.step));
  const near = range(slopesNearby(found.step / SHRINKAGE));
  const isKink = width(near) > 8 * 16 * found.rounding + width(far) / Math.sqrt(SHRINKAGE);
  const slopes = range([...near, ...(oneSided?.slopes ?? [])]);
  return isKink && liesBetween(found, slopes) ? { ...plain, kink: slopes } : plain;
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
  return [Math.min(...slopes), Math.max(...slopes)];
}

function width([least, largest]: [number, number]): number {
  return largest - least;
}

function liesBetween({ analytic, tolerance }: EntryComparison, slopes: [number, number]): boolean {
  const [least, largest] = range(slopes);
  return analytic >= least - tolerance && analytic <= largest + tolerance;
}
