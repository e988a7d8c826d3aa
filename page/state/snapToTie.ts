import { decimal } from '../../experiments/exact/decimal.ts';
import { roundTo } from '../../experiments/exact/formatFraction.ts';
import { locate } from '../../experiments/exact/locate.ts';
import { dot } from '../../experiments/exact/multiply.ts';
import { readVector } from '../../experiments/exact/readVector.ts';
import { toFraction } from '../../experiments/exact/toFraction.ts';
import type { Problem } from './Problem.ts';
import { solvePair } from './solvePair.ts';

/** A moved entry has at most two decimals more than those of W, and only up to so many: snapping twice adds no more. */
const [MORE, DECIMALS] = [2, 6];

/**
 * Moves the row of the (k+1)-th entry of y by little, so that the entry equals the k-th exactly, as decimals: along x
 * by the margin, rounded, and then two entries by what the rounding left, which is an equation in integers. If that
 * has no solution, the row becomes the other row. 0 < k < n.
 */
export function snapToTie(problem: Problem): Problem {
  const { order, k, x } = locate(problem, decimal);
  const [i, j] = [order[k - 1], order[k]];
  const d = x.integers.length;
  const rows = readVector([...problem.W[i], ...problem.W[j]], decimal, 'W');
  const more = Math.min(Math.max(DECIMALS + rows.exponent, 0), MORE);
  const finer = 10n ** BigInt(more);
  const difference = rows.integers.slice(0, d).map((w, c) => finer * (w - rows.integers[d + c]));
  const missing = dot(difference, x.integers);
  if (missing === 0n) return problem;

  const normSquared = dot(x.integers, x.integers);
  const along = x.integers.map((entry) => divideRounded(missing * entry, normSquared));
  const rest = solvePair(x.integers, missing - dot(along, x.integers));
  const moved = rest ? along.map((entry, c) => entry + (rest.get(c) ?? 0n)) : difference;
  const scale = { base: 10n, exponent: rows.exponent - more };
  const row = moved.map((entry, c) => {
    const integer = finer * rows.integers[d + c] + entry;
    return roundTo(integer.toString().length, toFraction(integer, scale)).text;
  });
  return { ...problem, W: problem.W.with(j, row) };
}

/** a / b rounded to an integer, b > 0. */
function divideRounded(a: bigint, b: bigint): bigint {
  const floor = (2n * a + b) / (2n * b);
  return 2n * a + b < 0n && floor * 2n * b !== 2n * a + b ? floor - 1n : floor;
}
