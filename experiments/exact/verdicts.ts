import { formatFraction } from './formatFraction.ts';
import { formatRows } from './formatRows.ts';
import type { Point } from './locate.ts';
import { readVector } from './readVector.ts';
import { toFraction } from './toFraction.ts';
import type { Verdict } from './types.ts';

/**
 * Is L = Σ topk(Wx)² differentiable as a function of W, and as a function of x?
 *
 * Let y = Wx, 0 < k < n, τ = y₍ₖ₎, A = {y > τ}, T = {y = τ} and r = k − |A|. When y moves along u,
 * all of A stay selected, and so do those r of T that rise most. So the one-sided derivative is
 *
 *   L′(u) = 2 Σ_A yᵢuᵢ + 2τ g(u),   g(u) = max over R ⊂ T, |R| = r, of Σ_R uᵢ.
 *
 * L is locally Lipschitz, so it is differentiable where the derivative is linear in the direction.
 * If the margin is positive, then r = |T| and g is linear. If τ = 0, the term with g vanishes.
 * Otherwise 0 < r < |T| and τ ≠ 0, and all depends on g:
 *
 * In W, along D, u = Dx, and every u is Dx for some D, because τ ≠ 0 implies x ≠ 0. For u = eᵢ with
 * i in T, g(u) + g(−u) is 1 + 0, and not 0 as for a linear function. So L is differentiable in W if
 * and only if the margin is positive, τ = 0, or x = 0 (which implies τ = 0).
 *
 * In x, along d, uᵢ = wᵢ·d, so g(d) + g(−d) is the maximum less the minimum of (Σ_R wᵢ)·d over R.
 * If this is 0 for every d, then Σ_R wᵢ is the same for every R. Because 0 < r < |T|, any two rows
 * of T can change places between R and the rest of T, so all wᵢ with i in T are equal. Conversely,
 * if they are equal, there is only one sum, and g is linear. So L is differentiable in x if and
 * only if the margin is positive, τ = 0, or the tied rows of W are equal.
 */
export function verdicts(point: Point): { inW: Verdict; inX: Verdict } {
  const { x, y, k, n, order, tied, remaining } = point;
  const yes = (reason: string): Verdict => ({ differentiable: true, reason });
  const no = (reason: string): Verdict => ({ differentiable: false, reason });
  const both = (verdict: Verdict) => ({ inW: verdict, inX: verdict });
  if (k === 0) return both(yes('k is 0, so the loss is 0'));
  if (k === n) return both(yes('k is n, so all rows are selected and the loss is ‖Wx‖²'));

  const [threshold, runnerUp] = [y.integers[order[k - 1]], y.integers[order[k]]];
  const write = (integer: bigint) => formatFraction(toFraction(integer, y));
  if (threshold > runnerUp) {
    const margin = write(threshold - runnerUp);
    return both(yes(`the margin is positive, ${margin}, so the same rows are selected nearby`));
  }
  const tie = `${formatRows(tied)} tie at ${write(threshold)}`;
  const either = `so it does not matter which ${remaining === 1 ? 'is' : 'are'} selected`;
  if (threshold === 0n) {
    const inX = yes(`${tie}, where the square has slope 0, ${either}`);
    const isZero = x.integers.every((entry) => entry === 0n);
    return { inX, inW: isZero ? yes('x is 0, so the loss is 0 for every W') : inX };
  }
  const some = `only ${String(remaining)} of them ${remaining === 1 ? 'is' : 'are'} selected`;
  return {
    inW: no(`${tie}, and ${some}`),
    inX: haveEqualRows(point)
      ? yes(`${tie}, but these rows of W are equal, ${either}`)
      : no(`${tie}, ${some}, and these rows of W are not all equal`),
  };
}

/** Are the tied rows of W all equal? Two scaled vectors are equal only if their parts are. */
function haveEqualRows({ W, tied, notation }: Point): boolean {
  const read = (i: number) => readVector(W[i], notation, `W[${String(i)}]`);
  const first = read(tied[0]);
  return tied.every((i) => {
    const { integers, exponent } = read(i);
    return exponent === first.exponent && integers.every((w, j) => w === first.integers[j]);
  });
}
