import { Fraction } from './Fraction.ts';
import { checkStep } from './checkStep.ts';
import { randomDirection, worstDirection, type Direction } from './directions.ts';
import type { Point } from './locate.ts';
import { dot } from './multiply.ts';
import { squareRootBelow } from './squareRootBelow.ts';
import type { Step } from './types.ts';

/**
 * Checks identity (iii) at 0.999 of the radius, and in the worst direction also at 1.001, where
 * another row must be selected. Norms are compared by their squares, which are rational.
 *
 * @param radiusSquared null stands for ∞: then any step is inside.
 */
export function checkSteps(point: Point, radiusSquared: Fraction | null): Step[] {
  const random = [1, 2, 3].map((seed) => randomDirection(point, seed));
  if (radiusSquared === null) {
    const c = new Fraction(1);
    return random.map((D) => ({ direction: 'random', share: null, ...checkStep(point, D, c) }));
  }
  if (radiusSquared.n === 0n) return [];

  const check = (direction: string, D: Direction, share: string): Step => {
    const square = radiusSquared.mul(new Fraction(share).pow(2)).div(normSquared(D));
    return { direction, share, ...checkStep(point, D, squareRootBelow(square, 12)) };
  };
  const worst = worstDirection(point);
  const opposite = new Map(Array.from(worst, ([i, row]) => [i, row.map((entry) => -entry)]));
  return [
    check('worst', worst, '0.999'),
    check('opposite', opposite, '0.999'),
    ...random.map((D) => check('random', D, '0.999')),
    check('worst', worst, '1.001'),
  ];
}

function normSquared(D: Direction): bigint {
  let sum = 0n;
  for (const row of D.values()) sum += dot(row, row);
  return sum;
}
