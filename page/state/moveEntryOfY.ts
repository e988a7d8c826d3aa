import { numbersOf, type Problem } from './Problem.ts';
import { withEntry } from './withEntry.ts';
import { writeDecimal } from './stepEntry.ts';

const DECIMALS = 4;

/**
 * Moves row i of W along x, which is the shortest way, until yᵢ = wᵢ·x is near y; its entries get four decimals.
 *
 * @throws RangeError if x is 0, so that y cannot move, or if an entry would be too large.
 */
export function moveEntryOfY(problem: Problem, i: number, y: number): Problem {
  const { W, x } = numbersOf(problem);
  const sum = (terms: number[]) => terms.reduce((a, b) => a + b, 0);
  const normSquared = sum(x.map((entry) => entry ** 2));
  if (normSquared === 0) throw new RangeError('x is 0, so y stays 0');
  const t = (y - sum(W[i].map((w, j) => w * x[j]))) / normSquared;
  return W[i].reduce(
    (moved, w, column) =>
      withEntry(moved, { row: i, column }, writeDecimal(w + t * x[column], DECIMALS)),
    problem,
  );
}
