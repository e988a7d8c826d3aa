import { mayOverflow } from '../../experiments/cli/mayOverflow.ts';
import { numbersOf, type Place, type Problem } from './Problem.ts';
import { readEntry } from './readEntry.ts';

/**
 * The problem with another number at one place.
 *
 * @throws RangeError that says what is wrong with the number.
 */
export function withEntry(problem: Problem, { row, column }: Place, text: string): Problem {
  const entry = readEntry(text);
  const next =
    row === undefined
      ? { ...problem, x: problem.x.with(column, entry) }
      : { ...problem, W: problem.W.with(row, problem.W[row].with(column, entry)) };
  const { W, x } = numbersOf(next);
  if (mayOverflow(W, x)) throw new RangeError('is too large: the loss may overflow float32');
  return next;
}
