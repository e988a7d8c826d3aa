import type { Fraction } from './Fraction.ts';
import type { Direction } from './directions.ts';
import type { Point } from './locate.ts';
import { dot } from './multiply.ts';
import { select } from './select.ts';
import { toFraction } from './toFraction.ts';

/**
 * Compares the two sides of L(W + Δ) = L(W) + ⟨∇L, Δ⟩ + ‖(Δx)_S‖² for Δ = cD, c > 0, where S are
 * the rows that are selected at W, and ⟨∇L, Δ⟩ = 2 Σ_S yᵢ(Δx)ᵢ.
 */
export function checkStep(
  { x, y, k, order }: Point,
  D: Direction,
  c: Fraction,
): { sameSelection: boolean; holds: boolean } {
  // In units of y, Δx is (n / d) Dx. All entries below are multiplied by d, which makes them
  // integers.
  const { n, d } = c.mul(toFraction(1n, { base: y.base, exponent: x.exponent - y.exponent }));
  const before = y.integers.map((entry) => entry * d);
  const change = new Map(Array.from(D, ([i, row]) => [i, n * dot(row, x.integers)]));
  const after = before.map((entry, i) => entry + (change.get(i) ?? 0n));

  const S = new Set(order.slice(0, k));
  const selected = select(after, k, order).order.slice(0, k);
  let [left, right] = [0n, 0n];
  for (const i of selected) left += after[i] ** 2n;
  for (const i of S) {
    const moved = change.get(i) ?? 0n;
    right += before[i] ** 2n + 2n * before[i] * moved + moved ** 2n;
  }
  return { sameSelection: selected.every((i) => S.has(i)), holds: left === right };
}
