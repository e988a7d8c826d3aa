import { MAX_LENGTH, type Problem } from './Problem.ts';

/**
 * The problem with n rows and d columns. New entries are those of a larger problem, where it has them, and otherwise
 * the same every time. k is that of the larger problem, if there is one, and n at most.
 */
export function resize({ W, x, k }: Problem, n: number, d: number, larger?: Problem): Problem {
  const [rows, columns] = [n, d].map((length) => Math.min(Math.max(length, 1), MAX_LENGTH));
  const upTo = <T>(length: number, entry: (i: number) => T) =>
    Array.from({ length }, (_, i) => entry(i));
  return {
    W: upTo(rows, (i) =>
      upTo(columns, (j) => W.at(i)?.[j] ?? larger?.W.at(i)?.[j] ?? filler(i * MAX_LENGTH + j)),
    ),
    x: upTo(columns, (j) => x.at(j) ?? larger?.x.at(j) ?? filler(MAX_LENGTH ** 2 + j)),
    k: Math.min(larger?.k ?? k, rows),
  };
}

/** Numbers between 0 and 1, by multiples of the golden ratio. */
function filler(index: number): string {
  return (((index + 1) * 0.618034) % 1).toFixed(2);
}
