import { numbersOf, type Problem } from './Problem.ts';
import { withEntry } from './withEntry.ts';
import { writeDecimal } from './stepEntry.ts';

/** The fewest and the most decimals of the entries that move. */
const [FEWEST, MOST] = [4, 15];

/**
 * Moves row i of W along x, which is the shortest way, until yᵢ = wᵢ·x is near y; its entries get four decimals, or as
 * many as keep the rounding of yᵢ below half of the move.
 *
 * @throws RangeError if x is 0, so that y cannot move, or if an entry would be too large.
 */
export function moveEntryOfY(problem: Problem, i: number, y: number): Problem {
  const { W, x } = numbersOf(problem);
  const sum = (terms: number[]) => terms.reduce((a, b) => a + b, 0);
  const normSquared = sum(x.map((entry) => entry ** 2));
  if (normSquared === 0) throw new RangeError('x is 0, so y stays 0');
  const move = y - sum(W[i].map((w, j) => w * x[j]));
  const t = move / normSquared;
  const needed = Math.ceil(Math.log10(sum(x.map(Math.abs)) / Math.abs(move)));
  const decimals = Math.min(Math.max(needed, FEWEST), MOST);
  return W[i].reduce(
    (moved, w, column) =>
      withEntry(moved, { row: i, column }, writeDecimal(w + t * x[column], decimals)),
    problem,
  );
}
