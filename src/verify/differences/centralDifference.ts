import { moveAlong, type Probe } from './Probe.ts';

export interface CentralDifference {
  /** The step that was taken, after rounding to float32, divided by its length. */
  along: Probe;
  /** The slope of each output along it. */
  slopes: Float64Array;
  /** 2h, after rounding to float32. */
  width: number;
}

/**
 * (f(x + h p) − f(x − h p)) / 2h along a probe p of norm 1, for each entry of f.
 *
 * @param valuesAt f(x + t p), as a function of t.
 */
export function centralDifference(
  valuesAt: (t: number) => Float32Array,
  x: Float32Array,
  probe: Probe,
  h: number,
): CentralDifference {
  const [above, below] = [h, -h].map((step) => moveAlong(x, probe, step));
  const width = 'index' in probe ? above[probe.index] - below[probe.index] : 2 * h;
  const [slopes, fBelow] = [new Float64Array(valuesAt(h)), valuesAt(-h)];
  for (let o = 0; o < slopes.length; o++) slopes[o] = (slopes[o] - fBelow[o]) / width;
  if ('index' in probe) return { along: probe, slopes, width };
  const { from, weights } = probe;
  const taken = weights.map((_, j) => (above[from + j] - below[from + j]) / width);
  return { along: { from, weights: taken }, slopes, width };
}
