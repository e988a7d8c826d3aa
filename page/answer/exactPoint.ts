import { decimal } from '../../experiments/exact/decimal.ts';
import { toNumber } from '../../experiments/exact/formatFraction.ts';
import { locate, type Point } from '../../experiments/exact/locate.ts';
import { toFraction } from '../../experiments/exact/toFraction.ts';
import type { ExactProblem } from '../../experiments/exact/types.ts';

/** The exact point, with the entries of y as numbers: those that tie as decimals are equal numbers. */
export function exactPoint(problem: ExactProblem): { point: Point; y: number[] } {
  const point = locate(problem, decimal);
  return { point, y: point.y.integers.map((entry) => toNumber(toFraction(entry, point.y))) };
}
