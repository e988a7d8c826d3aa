import { NOISE_POINTS } from './computationalNoise.ts';
import { noiseOfSeries } from './noiseOfSeries.ts';

/** Fractions of the step that are not multiples of one another, nor of any grid to which f may be rounded. */
const SPACINGS = [0.11714, 0.011936];

/**
 * The standard deviation of the rounding error of a function on a line, within a step h. Where half or more of the
 * values are equal the points are too close (Moré and Wild 2011, section 5): they are moved apart until f goes up or
 * down in steps, which are what it is rounded to. If it does not, within `limit`, f is constant.
 */
export function noiseAlong(valueAt: (t: number) => number, h: number, limit: number): number {
  const valuesAt = (spacing: number) =>
    Array.from({ length: NOISE_POINTS }, (_, i) => valueAt((i - NOISE_POINTS / 2) * spacing));
  const noises = SPACINGS.map((fraction) => {
    let spacing = fraction * h;
    const close = valuesAt(spacing);
    if (!areHalfEqual(close)) return noiseOfSeries(close);
    for (; spacing * (NOISE_POINTS / 2) < limit; spacing *= 3) {
      const values = valuesAt(spacing);
      if (isStaircase(values))
        return Math.max(noiseOfSeries(values), smallestStep(values) / Math.sqrt(12));
    }
    return noiseOfSeries(close);
  });
  return Math.max(...noises.filter(Number.isFinite), 0);
}

function areHalfEqual(values: number[]): boolean {
  return changes(values).filter((change) => change === 0).length >= values.length / 2;
}

/** Whether the values are constant, then change, then are constant again. */
function isStaircase(values: number[]): boolean {
  const isFlat = changes(values).map((change) => change === 0);
  return isFlat.slice(isFlat.indexOf(true), isFlat.lastIndexOf(true)).includes(false);
}

function smallestStep(values: number[]): number {
  return Math.min(...changes(values).filter((change) => change > 0));
}

function changes(values: number[]): number[] {
  return values.slice(1).map((value, i) => Math.abs(value - values[i]));
}
