import type { Point } from './locate.ts';
import { dot } from './multiply.ts';
import { toFraction } from './toFraction.ts';
import type { Decision, ScaledVector } from './types.ts';
import { verdicts } from './verdicts.ts';

/** The selection, the margin, the verdicts (`verdicts.ts`) and the radius at a point, without rounding. */
export function decide(point: Point): Decision {
  const { x, y, k, n, order, above, tied, remaining } = point;
  const selected = order.slice(0, k);
  const threshold = k === 0 ? null : toFraction(y.integers[order[k - 1]], y);
  const runnerUp = k === n ? null : toFraction(y.integers[order[k]], y);
  const margin = threshold && runnerUp && threshold.sub(runnerUp);
  const values = selected.map((i) => y.integers[i]);
  const normSquared = sumOfSquares(x);
  const isUnbounded = margin === null || normSquared.n === 0n;
  return {
    ...{ selected, above, tied, remaining, threshold, runnerUp, margin },
    loss: sumOfSquares({ ...y, integers: values }),
    radiusSquared: isUnbounded ? null : margin.pow(2).div(normSquared.mul(2)),
    ...verdicts(point),
  };
}

function sumOfSquares({ integers, base, exponent }: ScaledVector) {
  return toFraction(dot(integers, integers), { base, exponent: 2 * exponent });
}
