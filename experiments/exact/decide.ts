import Fraction from 'fraction.js';
import type { Point } from './locate.ts';
import { dot } from './multiply.ts';
import { toFraction } from './toFraction.ts';
import type { Decision } from './types.ts';
import { verdicts } from './verdicts.ts';

/** Decides the theorem's (i) and its radius at a point, without rounding. */
export function decide(point: Point): Decision {
  const { x, y, k, n, order, above, tied, remaining } = point;
  const selected = order.slice(0, k);
  const threshold = k === 0 ? null : toFraction(y.integers[order[k - 1]], y);
  const runnerUp = k === n ? null : toFraction(y.integers[order[k]], y);
  const margin = threshold && runnerUp && threshold.sub(runnerUp);
  const sumOfSquares = selected.reduce((sum, i) => sum + y.integers[i] ** 2n, 0n);
  const loss = toFraction(sumOfSquares, { base: y.base, exponent: 2 * y.exponent });
  const normSquared = toFraction(dot(x.integers, x.integers), {
    base: x.base,
    exponent: 2 * x.exponent,
  });
  const isFinite = margin !== null && normSquared.n !== 0n;
  const radiusSquared = isFinite ? margin.pow(2).div(normSquared.mul(2)) : null;
  return {
    selected,
    above,
    tied,
    remaining,
    threshold,
    runnerUp,
    margin,
    loss,
    radiusSquared,
    ...verdicts(point), // prettier-ignore
  };
}
