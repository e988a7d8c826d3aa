import { binary } from './binary.ts';
import { checkSteps } from './checkSteps.ts';
import { decide } from './decide.ts';
import { decimal } from './decimal.ts';
import { formatFraction } from './formatFraction.ts';
import { locate } from './locate.ts';
import { squareRootBelow } from './squareRootBelow.ts';
import type { Certificate, Decision, Entry, ExactProblem } from './types.ts';

/**
 * Decides where the loss Σ topk(Wx)² stands at W and x: the selection, the margin, whether the loss is differentiable,
 * and how far the identity of statement 3 (docs/theory.md) holds. It computes only with rational numbers: nothing is
 * rounded, and no backend and no automatic differentiation takes part.
 *
 * @param problem.W n rows of d entries; decimal texts as typed, or numbers, which stand for the
 *   shortest decimals that print them.
 * @param problem.x d entries.
 * @param problem.k an integer in [0, n].
 * @throws RangeError if k is not, if a row of W does not have as many entries as x, or if an entry
 *   is not a decimal number with all digits within 1000 places of the decimal point.
 *
 * @example
 * certify({ W: [['0.1', '0.2'], ['0.3', '0']], x: ['1', '1'], k: 1 }).inW;
 * // { differentiable: false, reason: 'rows 0 and 1 tie at 0.3, and only 1 of them is selected' }
 */
export function certify(problem: ExactProblem): Certificate {
  check(problem);
  const point = locate(problem, decimal);
  const decision = decide(point);
  const { radiusSquared } = decision;
  return {
    ...decision,
    radius: radiusSquared && formatFraction(squareRootBelow(radiusSquared, 5)),
    steps: checkSteps(point, radiusSquared),
    float32: certifyRounded(problem, decision),
  };
}

function check({ W, x, k }: ExactProblem): void {
  const d = x.length;
  const ragged = W.findIndex((row) => row.length !== d);
  if (ragged !== -1) {
    const got = `${String(W[ragged].length)}, but x has ${String(d)}`;
    throw new RangeError(`W[${String(ragged)}] must have as many entries as x, got ${got}`);
  }
  if (!Number.isInteger(k) || k < 0 || k > W.length) {
    throw new RangeError(`k must be an integer in [0, ${String(W.length)}], got ${String(k)}`);
  }
}

/**
 * The same decision, without rounding again, for W and x as JavaScript rounds them to float32: by way
 * of float64.
 */
function certifyRounded({ W, x, k }: ExactProblem, exact: Decision): Certificate['float32'] {
  const round = (entries: ArrayLike<Entry>) => Float32Array.from(entries, Number);
  const rounded = { W: W.map(round), x: round(x), k };
  if (![...rounded.W, rounded.x].every((row) => row.every(Number.isFinite))) return null;

  const decision = decide(locate(rounded, binary));
  const isSelected = new Set(exact.selected);
  return {
    ...decision,
    changes: {
      inW: decision.inW.differentiable !== exact.inW.differentiable,
      inX: decision.inX.differentiable !== exact.inX.differentiable,
      selection: !decision.selected.every((i) => isSelected.has(i)),
    },
  };
}
