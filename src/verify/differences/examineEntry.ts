import { agrees, withGradientNoise, type EntryComparison } from './compareEntry.ts';
import type { GradSettings } from './gradSettings.ts';
import { noiseAlong } from './noiseAlong.ts';
import { oneSidedSlopes, type Section } from './oneSidedSlopes.ts';
import { NEARBY_STEP } from './slopesNearby.ts';

/** How far to look for steps where f seems to be constant, in units of the reach. */
const FAR = 200;
/** Of slopes that belong to a kink, how they may shrink with a step that is 16 times smaller. */
const SHRINKAGE = 16;
const SIGMAS = 8;
/** A rounding error of f, relative to its value, above which f is rounded to a coarse grid: 32 times that of the value. */
const COARSE = 2 ** -19;

/** What can be measured, at the cost of more evaluations. */
export interface Measurements {
  /** The slopes at points at some distance. */
  nearby: (h: number) => number[];
  /** The standard deviation of the rounding error of the gradient by reverse mode; of a grid within a limit. */
  gradientNoise: (limit: number) => number;
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
): EntryComparison {
  const isNoiseExpected = atol === undefined;
  const noise = isNoiseExpected
    ? noiseOf(entry, section, reach, steps[steps.length - 1])
    : section.noise;
  const found = noise > section.noise ? compare(noise) : entry;
  if (agrees(found)) return found;

  const finest = SHRINKAGE * steps[steps.length - 1]; // it shrinks to a few times float32's spacing
  const oneSided = oneSidedSlopes({ ...section, noise }, Math.max(found.step, finest), rtol);
  if (oneSided !== null && liesBetween(found, oneSided.slopes)) {
    return { ...found, step: oneSided.step, kink: range(oneSided.slopes) };
  }
  const h = Math.max(Math.min(found.step, reach / 2), finest / NEARBY_STEP);
  const [far, near] = [h, h / SHRINKAGE].map((h) => range(nearby(h)));
  const rounding = (found.rounding * found.step * SHRINKAGE) / (h * NEARBY_STEP);
  const isKink = width(near) > SIGMAS * rounding + width(far) / Math.sqrt(SHRINKAGE);
  const slopes = range([...near, ...(oneSided?.slopes ?? [])]);
  if (isKink && liesBetween(found, slopes)) return { ...found, kink: slopes };
  // Across a kink the gradient jumps, which is not rounding.
  const isSmooth = oneSided === null && !isKink;
  if (!isSmooth || !isNoiseExpected) return found;
  const isCoarse = noise > COARSE * Math.abs(section.valueAt(0));
  return withGradientNoise(found, gradientNoise(isCoarse ? reach : 0));
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
