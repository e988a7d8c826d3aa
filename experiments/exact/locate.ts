import { multiply } from './multiply.ts';
import { readVector } from './readVector.ts';
import { select, type Selection } from './select.ts';
import type { ExactProblem, Notation, ScaledVector } from './types.ts';

/** A problem with its exact x, y = Wx and selection. */
export interface Point extends Selection {
  W: ExactProblem['W'];
  x: ScaledVector;
  y: ScaledVector;
  k: number;
  n: number;
  notation: Notation;
}

/** Reads a problem in a notation, and computes y = Wx and the selection without rounding. */
export function locate({ W, x: entries, k }: ExactProblem, notation: Notation): Point {
  const x = readVector(entries, notation, 'x');
  const y = multiply(W, x, notation);
  return { W, x, y, k, n: W.length, notation, ...select(y.integers, k) };
}
