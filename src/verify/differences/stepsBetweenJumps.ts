import { noiseAlong } from './noiseAlong.ts';
import { UNIT_ROUNDOFF } from './rounding.ts';

/** noiseAlong looks at points within 1.03 of a step if it is told this part of it. */
const PART = 0.55;
/** More noise than this many times what there is close to the point is that of jumps. */
const MORE = 8;
/** How many of the smallest steps are close. */
const CLOSE = 4;
/** Within a step noiseAlong misses jumps nearer than a 16th of it, which is the step so many halvings on. */
const HALVINGS = 4;

/** Steps, and the standard deviation of the rounding error within them. */
export interface Piece {
  steps: number[];
  noise: number;
}

/**
 * The steps within which a function on a line does not jump, as tf.mod does at whole numbers: differences across jumps
 * say little of the slope between them. A jump shows as noise that is not there close to the point.
 *
 * @param steps from large to small.
 */
export function stepsBetweenJumps(valueAt: (t: number) => number, steps: number[]): Piece {
  const smallest = steps[steps.length - 1];
  const roundingAt = (h: number) =>
    UNIT_ROUNDOFF * Math.max(...[-h, 0, h].map((t) => Math.abs(valueAt(t))));
  const noiseWithin = (h: number) => noiseAlong(valueAt, PART * h, smallest, false);
  const closest = Math.max(steps.length - 1 - CLOSE, 0);
  const close = noiseWithin(steps[closest]);
  /** The noise within a step; ∞ if it is that of jumps. */
  const smoothNoise = (i: number) => {
    const [noise, rounding] = [noiseWithin(steps[i]), roundingAt(steps[i])];
    return noise > MORE * Math.max(close, rounding) ? Infinity : Math.max(noise, rounding);
  };

  const sparse = [];
  for (let i = 0; i < closest; i += HALVINGS) sparse.push(i);
  const most = Math.max(close, roundingAt(steps[closest]), ...sparse.map(smoothNoise));
  if (most < Infinity) return { steps, noise: most };

  let [first, noise] = [closest, Math.max(close, roundingAt(steps[closest]))];
  while (first > 0 && smoothNoise(first - 1) < Infinity) {
    first--;
    noise = Math.max(noise, smoothNoise(first));
  }
  return { steps: steps.slice(first), noise };
}
