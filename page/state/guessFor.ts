import type { Problem } from './Problem.ts';

/** A guess at the rows of dL/dW that are not zero. */
export interface Guess {
  problem: Problem;
  rows: ReadonlySet<number>;
  isRevealed: boolean;
}

/** The guess, as it stands for a problem. One at other numbers begins again, and is over if it was revealed. */
export function guessFor(problem: Problem, guess: Guess | undefined): Guess | undefined {
  if (guess === undefined || guess.problem === problem) return guess;
  return guess.isRevealed ? undefined : { problem, rows: new Set(), isRevealed: false };
}
