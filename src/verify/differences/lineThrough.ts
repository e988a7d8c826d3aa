import { centralDifference, type CentralDifference } from './centralDifference.ts';
import { moveAlong, type Probe } from './Probe.ts';

/** f along a probe through a point. It is evaluated once at each distance, although several outputs need it. */
export interface Line {
  /** f at x + t p. */
  valuesAt: (t: number) => Float32Array;
  /** The length of that step, after rounding to float32. */
  lengthOf: (t: number) => number;
  differenceAt: (h: number) => CentralDifference;
}

/** @param y f(x), if it is known. */
export function lineThrough(
  x: Float32Array,
  probe: Probe,
  evaluate: (x: Float32Array) => Float32Array,
  y?: Float32Array,
): Line {
  const isAxis = 'index' in probe;
  const valuesAt = memoize((t) => (t === 0 && y ? y : evaluate(moveAlong(x, probe, t))));
  return {
    valuesAt,
    lengthOf: (t) => (isAxis ? Math.fround(x[probe.index] + t) - x[probe.index] : t),
    differenceAt: memoize((h) => centralDifference(valuesAt, x, probe, h)),
  };
}

function memoize<T>(compute: (t: number) => T): (t: number) => T {
  const results = new Map<number, T>();
  return (t) => {
    const result = results.get(t) ?? compute(t);
    results.set(t, result);
    return result;
  };
}
