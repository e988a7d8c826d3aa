import { agrees, type EntryComparison } from './compareEntry.ts';
import type { Tolerances } from './gradSettings.ts';
import { finerAgreement } from './finerAgreement.ts';
import { gridNoise, noiseAlong, smoothNoiseAlong } from './noiseAlong.ts';
import { jumpEntry } from './flatEntry.ts';
import { kinkNearby } from './kinkNearby.ts';
import { oneSidedSlopes, stepsForGap, type Kink, type Section } from './oneSidedSlopes.ts';
import { NEARBY_STEP } from './slopesNearby.ts';
import { withGradientNoise } from './withGradientNoise.ts';
import { SIGMAS } from './rounding.ts';

/** Of slopes that belong to a kink, how they may shrink with a step that is 16 times smaller. */
const SHRINKAGE = 16;
/**
 * A rounding error of f, relative to its values, above which f is rounded to a coarse grid: 32 times that of the value.
 */
const COARSE = 2 ** -19;

/** How far to look for the steps of a grid to which f is rounded. */
export interface Reach {
  /** Rounding is about the same as at the point. */
  near: number;
  /** Where f seems to be constant. */
  far: number;
}

/** What can be measured, at the cost of more evaluations. */
export interface Measurements {
  /** The slopes at points at some distance. */
  nearby: (h: number) => number[];
  /** The standard deviation of the rounding error of the gradient by reverse mode; of a grid within a limit. */
  gradientNoise: (limit: number) => number;
  reach: Reach;
  /** Compares the entry again, with another expected rounding error of f. */
  compare: (noise: number) => EntryComparison;
  /** Whether to measure the rounding error along this entry before a kink is believed. */
  isVerified: boolean;
}

/**
 * Looks for a kink where an entry agrees: the mean of the slopes on both sides, which a central difference is, may be
 * the gradient by chance, and is 0 for |x| at 0.
 */
export function confirmEntry(
  entry: EntryComparison,
  section: Section,
  steps: number[],
  settings: Tolerances,
  { reach, isVerified }: Pick<Measurements, 'reach' | 'isVerified'>,
): EntryComparison {
  const fewer = stepsForGap(section, steps, settings);
  let kink = oneSidedSlopes(section, fewer, settings);
  if (kink !== null && isVerified) {
    kink = oneSidedSlopes(withLineNoise(entry, section, steps, reach), fewer, settings);
  }
  return kink === null ? entry : withKink(entry, kink);
}

/**
 * Looks for a reason, other than a wrong rule, why an entry does not agree: more rounding of f along this entry than
 * was expected, a jump, a kink, or rounding of the gradient.
 *
 * @param section the output along this entry.
 * @param steps from large to small.
 */
export function examineEntry(
  entry: EntryComparison,
  section: Section,
  steps: number[],
  settings: Tolerances,
  { nearby, gradientNoise, reach, compare, isVerified }: Measurements,
): EntryComparison {
  const quick = isVerified ? null : oneSidedSlopes(section, steps, settings);
  if (quick !== null && liesBetween(entry, quick.slopes)) return withKink(entry, quick);

  const smallest = steps[steps.length - 1];
  const isNoiseExpected = settings.atol === undefined;
  const measured = isNoiseExpected ? withLineNoise(entry, section, steps, reach) : section;
  const jump = jumpEntry(entry, measured, steps);
  if (jump !== null) return jump;

  const noise = isNoiseExpected ? noiseOf(entry, section, reach, smallest) : section.noise;
  const found = noise > section.noise ? compare(noise) : entry;
  const oneSided = oneSidedSlopes(measured, steps, settings);
  if (oneSided !== null && liesBetween(found, oneSided.slopes)) return withKink(found, oneSided);
  if (agrees(found)) return found;
  if (isNoiseExpected) {
    const ofGrid = gridNoise(section.valueAt, smallest, reach.far);
    const noise = Math.max(section.noise, ofGrid);
    const finer = finerAgreement(found, { ...section, noise }, steps, settings.rtol);
    if (finer !== null) return finer;
  }
  const close = kinkNearby(measured, steps, settings);
  if (close !== null && liesBetween(found, close.slopes)) return withKink(found, close);

  const finest = SHRINKAGE * smallest; // it shrinks to a few times float32's spacing
  const h = Math.max(Math.min(found.step, reach.near / 2), finest / NEARBY_STEP);
  const [far, near] = [h, h / SHRINKAGE].map((h) => range(nearby(h)));
  const rounding = (Math.SQRT1_2 * measured.noise * SHRINKAGE) / (h * NEARBY_STEP);
  const isKink = width(near) > SIGMAS * rounding + width(far) / Math.sqrt(SHRINKAGE);
  const slopes = range([...near, ...(oneSided?.slopes ?? [])]);
  if (isKink && liesBetween(found, slopes)) {
    return { ...found, kink: slopes, isKinkNearby: oneSided === null };
  }
  // Across a kink the gradient jumps, which is not rounding.
  const isSmooth = oneSided === null && !isKink;
  if (!isSmooth || !isNoiseExpected) return found;
  const values = [-steps[0], 0, steps[0]].map((t) => Math.abs(section.valueAt(t)));
  const isCoarse = measured.noise > COARSE * Math.max(...values);
  return withGradientNoise(found, gradientNoise(isCoarse ? reach.near : 0));
}

/** With the noise along this entry, but not that of a kink or a jump at the point. */
function withLineNoise(
  { step }: EntryComparison,
  section: Section,
  steps: number[],
  reach: Reach,
): Section {
  const smallest = steps[steps.length - 1];
  const ofGrid = gridNoise(section.valueAt, smallest, reach.far);
  const noise = smoothNoiseAlong(section.valueAt, step, smallest);
  return { ...section, noise: Math.max(section.noise, noise, ofGrid) };
}

function noiseOf(
  { numeric, step }: EntryComparison,
  { valueAt, noise }: Section,
  reach: Reach,
  smallest: number,
): number {
  const ofGrid = gridNoise(valueAt, smallest, numeric === 0 ? reach.far : reach.near);
  return Math.max(noise, noiseAlong(valueAt, step, smallest, true), ofGrid);
}

function withKink(entry: EntryComparison, { slopes, step }: Kink): EntryComparison {
  return { ...entry, step, kink: range(slopes) };
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
