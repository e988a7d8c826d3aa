import { formatFraction } from './formatFraction.ts';
import { formatRows } from './formatRows.ts';
import type { Point } from './locate.ts';
import { readVector } from './readVector.ts';
import { toFraction } from './toFraction.ts';
import type { Verdict } from './types.ts';

/**
 * Is L = Σ topk(Wx)² differentiable as a function of W, and as a function of x?
 *
 * Let y = Wx, 0 < k < n, τ = y₍ₖ₎, A = {y > τ}, T = {y = τ} and r = k − |A|. When y moves along u, all of A stay
 * selected, and so do those r of T that rise most. So the one-sided derivative is
 *
 *   L′(u) = 2 Σ_A yᵢuᵢ + 2τ g(u),   g(u) = max over R ⊂ T, |R| = r, of Σ_R uᵢ.
 *
 * L is locally Lipschitz, so it is differentiable where the derivative is linear in the direction. If the margin
 * is positive, then r = |T| and g is linear. If τ = 0, the term with g vanishes. Otherwise 0 < r < |T| and
 * τ ≠ 0, and all depends on g:
 *
 * In W, along D, u = Dx. If x ≠ 0, every u is Dx for some D. For u = eᵢ with i in T, g(u) + g(−u) = 1 + 0, but
 * a linear function would give 0. So L is differentiable in W if and only if the margin is positive, τ = 0, or
 * x = 0 (which implies τ = 0).
 *
 * In x, along d, uᵢ = wᵢ·d, so g(d) = max over R of (Σ_R wᵢ)·d. A maximum of linear functions is linear only if
 * they are equal: g(d) + g(−d) = 0 says that (Σ_R wᵢ)·d is the same for all R. As 0 < r < |T|, any two rows of T
 * can be exchanged between R and the rest of T, so this says that all wᵢ, i in T, are equal. So L is
 * differentiable in x if and only if the margin is positive, τ = 0, or the tied rows of W are equal.
 */
export function verdicts(point: Point): { inW: Verdict; inX: Verdict } {
  const { x, y, k, n, order, tied, remaining } = point;
  const both = (reason: string) => {
    const verdict = { differentiable: true, reason };
    return { inW: verdict, inX: verdict };
  };
  if (k === 0) return both('k is 0, so the loss is 0');
  if (k === n) return both('k is n, so all rows are selected and the loss is ‖Wx‖²');

  const [threshold, runnerUp] = [y.integers[order[k - 1]], y.integers[order[k]]];
  if (threshold > runnerUp) {
    const margin = formatFraction(toFraction(threshold - runnerUp, y));
    return both(`the margin is ${margin}, and while it is positive the same rows are selected`);
  }
  const tie = `${formatRows(tied)} tie at ${formatFraction(toFraction(threshold, y))}`;
  if (threshold === 0n) {
    const reason = `${tie}, where the square has the slope 0, so that it does not matter which are selected`;
    if (x.integers.some((entry) => entry !== 0n)) return both(reason);
    return {
      inW: { differentiable: true, reason: 'x is 0, so the loss is 0 for every W' },
      inX: { differentiable: true, reason },
    };
  }
  const reason = `${tie}, and only ${String(remaining)} of them ${remaining === 1 ? 'is' : 'are'} selected`;
  const inW = { differentiable: false, reason };
  const inX = areEqual(point)
    ? {
        differentiable: true,
        reason: `${tie}, but they are equal, so that it does not matter which are selected`,
      }
    : { differentiable: false, reason: `${reason}, and they are not all equal` };
  return { inW, inX };
}

/** Are all tied rows of W equal? Scaled vectors are, if and only if their parts are. */
function areEqual({ W, tied, notation }: Point): boolean {
  const read = (i: number) => readVector(W[i], notation, `W[${String(i)}]`);
  const first = read(tied[0]);
  return tied.every((i) => {
    const { integers, exponent } = read(i);
    return exponent === first.exponent && integers.every((w, j) => w === first.integers[j]);
  });
}
