import type { Combination } from './combine.ts';

export interface CentralDifference {
  /** the step as float32 took it, per unit of length */
  along: Combination;
  /** the slope of each output along it */
  slopes: Float64Array;
  /** 2h, as float32 took it */
  width: number;
}

/** (f(x + h e) − f(x − h e)) / 2h along the unit vector e, for each entry of f. */
export function centralDifference(
  f: (x: Float32Array) => Float32Array,
  x: Float32Array,
  e: Combination,
  h: number,
): CentralDifference {
  const [above, below] = [h, -h].map((step) => {
    const moved = x.slice();
    if ('at' in e) moved[e.at] += step;
    else e.weights.forEach((weight, j) => (moved[e.from + j] += step * weight));
    return moved;
  });
  const width = 'at' in e ? above[e.at] - below[e.at] : 2 * h;
  const [slopes, fBelow] = [new Float64Array(f(above)), f(below)];
  for (let o = 0; o < slopes.length; o++) slopes[o] = (slopes[o] - fBelow[o]) / width;
  if ('at' in e) return { along: e, slopes, width };
  const taken = e.weights.map((_, j) => (above[e.from + j] - below[e.from + j]) / width);
  return { along: { from: e.from, weights: taken }, slopes, width };
}
