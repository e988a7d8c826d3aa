import { randomStandardNormal, randomUniform } from '@tensorflow/tfjs-core';
import { tidyValue } from '../../util/tidyValue.ts';
import type { CheckedInput } from './checkedInput.ts';
import { FINE_STEP } from './stepsWithin.ts';

/** How many random directions, and how many points nearby at which the slope along each is taken. */
const [RANDOM, POINTS] = [4, 24];
/** The step at these points, relative to how far they are away. */
const NEARBY_STEP = 0.25;
const [DIRECTION_SEED, POINT_SEED] = [72_053, 72_077];

/** Changes of all outputs of f along a direction across a kink. */
export interface DirectionAcross {
  /** "its 2 entries at a kink together" */
  title: string;
  /** Of each of the entries. */
  weights: ArrayLike<number>;
  /** t: the step, by which the direction is multiplied. */
  step: number;
  /** From the point to −t and to t times the direction. */
  sides: [Change, Change];
  /** From −s to s times the direction, at points nearby, with s = t / 4. */
  nearby: Change[];
}

export interface Change {
  /** In units of t or s. */
  length: number;
  from: Float32Array;
  to: Float32Array;
  /** By how much each of the entries moved, after rounding to float32. */
  moved: number[];
}

/**
 * How f changes where several entries move that are at a kink: all together, and in a few random directions, seeded.
 *
 * @param entries their indices, two or more.
 * @param y f at the point.
 */
export function acrossKinks(
  { point, magnitudes, margin }: CheckedInput,
  entries: number[],
  evaluate: (point: Float32Array) => Float32Array,
  y: Float32Array,
): DirectionAcross[] {
  const size = entries.length;
  const [random, shifts] = tidyValue(() => [
    randomStandardNormal([RANDOM, size], 'float32', DIRECTION_SEED).dataSync(),
    randomUniform([POINTS, point.length], -1, 1, 'float32', POINT_SEED).dataSync(),
  ]);
  const least = entries.reduce((least, j) => Math.min(least, magnitudes[j]), Infinity);
  const length = Math.sqrt(magnitudes.reduce((sum, magnitude) => sum + magnitude ** 2, 0));
  const away = Math.min(FINE_STEP, margin / (2 * length)); // relative to the magnitude of each entry

  const move = (from: Float32Array, direction: ArrayLike<number>, t: number) => {
    const to = from.slice();
    entries.forEach((j, i) => (to[j] += t * direction[i]));
    return to;
  };
  const along = (title: string, weights: ArrayLike<number>): DirectionAcross => {
    const largest = Array.from(weights).reduce((max, w) => Math.max(max, Math.abs(w)), 0);
    const step = (away * least) / largest / 2;
    const change = (
      from: Float32Array,
      to: Float32Array,
      length: number,
      start?: Float32Array,
    ) => ({
      length,
      from: start ?? evaluate(from),
      to: evaluate(to),
      moved: entries.map((j) => to[j] - from[j]),
    });
    const sideAt = (t: number) => change(point, move(point, weights, t), t, y);
    const nearby = Array.from({ length: POINTS }, (_, p) => {
      const near = point.map(
        (entry, j) => entry + away * magnitudes[j] * shifts[p * point.length + j],
      );
      const s = NEARBY_STEP * step;
      return change(move(near, weights, -s), move(near, weights, s), 2 * s);
    });
    return { title, weights, step, sides: [sideAt(-step), sideAt(step)], nearby };
  };
  const many = `its ${String(size)} entries at a kink`;
  return [
    along(`${many} together`, new Float32Array(size).fill(1)),
    ...Array.from({ length: RANDOM }, (_, r) =>
      along(`a random combination of ${many}`, random.subarray(r * size, (r + 1) * size)),
    ),
  ];
}
