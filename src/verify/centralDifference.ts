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
    if ('weights' in e) return x.map((entry, j) => entry + step * e.weights[j]);
    const moved = x.slice();
    moved[e.at] += step;
    return moved;
  });
  const width = 'at' in e ? above[e.at] - below[e.at] : 2 * h;
  const along = 'at' in e ? e : { weights: above.map((entry, j) => (entry - below[j]) / width) };
  const [fAbove, fBelow] = [f(above), f(below)];
  return { along, slopes: Float64Array.from(fAbove, (y, o) => (y - fBelow[o]) / width), width };
}
