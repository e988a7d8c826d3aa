import { decimal } from '../../experiments/exact/decimal.ts';
import { toNumber } from '../../experiments/exact/formatFraction.ts';
import { locate, type Point } from '../../experiments/exact/locate.ts';
import { toFraction } from '../../experiments/exact/toFraction.ts';
import type { ExactProblem } from '../../experiments/exact/types.ts';

export interface ExactPoint {
  point: Point;
  /** The entries of y as numbers: those that tie as decimals are equal. */
  y: number[];
  /** Small integers in the order of y, equal where its entries tie as decimals, and only there. */
  levels: number[];
}

/** The exact point of the numbers as typed. */
export function exactPoint(problem: ExactProblem): ExactPoint {
  const point = locate(problem, decimal);
  const { integers } = point.y;
  const ascending = [...new Set(integers)].sort((a, b) => (a < b ? -1 : 1));
  return {
    point,
    y: integers.map((entry) => toNumber(toFraction(entry, point.y))),
    levels: integers.map((entry) => ascending.indexOf(entry)),
  };
}
