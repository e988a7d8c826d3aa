import { Fraction } from './Fraction.ts';
import { checkStep } from './checkStep.ts';
import { randomDirection, worstDirection, type Direction } from './directions.ts';
import type { Point } from './locate.ts';
import { dot } from './multiply.ts';
import { squareRootBelow } from './squareRootBelow.ts';
import type { Step } from './types.ts';

/**
 * Checks the identity of statement 3 (docs/theory.md) at 0.999 of the radius, and in the worst direction also at 1.001,
 * where another row must be selected. Norms are compared by their squares, which are rational.
 *
 * @param radiusSquared null stands for ∞: then any step is inside.
 */
export function checkSteps(point: Point, radiusSquared: Fraction | null): Step[] {
  const check = (direction: string, D: Direction, share: string | null, c: Fraction): Step => {
    const normSquared = c.pow(2).mul(squaredNorm(D));
    return { direction, share, normSquared, ...checkStep(point, D, c) };
  };
  const random = [1, 2, 3].map((seed) => randomDirection(point, seed));
  if (radiusSquared === null) return random.map((D) => check('random', D, null, new Fraction(1)));
  if (radiusSquared.n === 0n) return [];

  const at = (share: string, direction: string, D: Direction): Step => {
    const square = radiusSquared.mul(new Fraction(share).pow(2)).div(squaredNorm(D));
    return check(direction, D, share, squareRootBelow(square, 12));
  };
  const worst = worstDirection(point);
  const opposite = new Map(Array.from(worst, ([i, row]) => [i, row.map((entry) => -entry)]));
  return [
    at('0.999', 'worst', worst),
    at('0.999', 'opposite', opposite),
    ...random.map((D) => at('0.999', 'random', D)),
    at('1.001', 'worst', worst),
  ];
}

function squaredNorm(D: Direction): bigint {
  let sum = 0n;
  for (const row of D.values()) sum += dot(row, row);
  return sum;
}
