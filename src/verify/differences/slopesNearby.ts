import { randomUniform } from '@tensorflow/tfjs-core';
import { tidyValue } from '../../util/tidyValue.ts';
import type { CheckedInput } from './checkedInput.ts';
import { lineThrough } from './lineThrough.ts';
import { dot, norm, normWithin, type Probe } from './Probe.ts';
import { FIRST_STEP } from './stepsWithin.ts';

/** How many points are looked at. */
const POINTS = 96;
/** The step there, relative to how far the points are away. */
export const NEARBY_STEP = 0.125;
const SEED = 72_043;

/**
 * The slopes of an output along a probe at random points nearby, away by at most the same part of each entry's
 * magnitude that h is of the probe's, and no more than the first step is. Where f is not differentiable these are near
 * limits of gradients, whose convex hull is the Clarke subdifferential, also where the kink does not show along the
 * probe itself: the second of three equal values goes neither up nor down with one of them.
 */
export function slopesNearby(
  { point, magnitudes, margin }: CheckedInput,
  probe: Probe,
  output: Probe,
  h: number,
  evaluate: (point: Float32Array) => Float32Array,
): number[] {
  if (point.length === 1) return []; // one-sided slopes tell all
  const unit = normWithin(probe, magnitudes);
  const distance = Math.min(h / unit, FIRST_STEP, margin / (2 * norm(magnitudes)));
  const random = tidyValue(() =>
    randomUniform([POINTS, point.length], -1, 1, 'float32', SEED).dataSync(),
  );
  return Array.from({ length: POINTS }, (_, i) => {
    const shift = random.subarray(i * point.length, (i + 1) * point.length);
    const near = point.map((entry, j) => entry + distance * magnitudes[j] * shift[j]);
    return dot(output, lineThrough(near, probe, evaluate).differenceAt(NEARBY_STEP * h).slopes);
  });
}
