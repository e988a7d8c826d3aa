import { describeRadius } from '../../experiments/exact/describeRadius.ts';
import type { Certificate } from '../../experiments/exact/types.ts';

export interface VerdictText {
  isDifferentiable: boolean;
  /** What follows the answer: 'because the margin is …'. */
  because: string;
  /** How far W may move; empty where all rows are on one side. */
  radius: string;
  /** The statements of the theorem that it follows from. */
  statements: string;
  inX: string;
}

/** The exact certificate as a sentence on W, and one on x. */
export function verdict(certificate: Certificate): VerdictText {
  const { inW, inX, margin } = certificate;
  const isSmooth = margin !== null && margin.n !== 0n;
  const isSame = inX.differentiable === inW.differentiable && inX.reason === inW.reason;
  return {
    isDifferentiable: inW.differentiable,
    because: `because ${inW.reason}.`,
    radius: margin === null ? '' : describeReach(certificate),
    statements: isSmooth
      ? 'statements 1 and 3'
      : inW.differentiable
        ? 'statement 1'
        : 'statements 1 and 4',
    inX: isSame
      ? 'In x the answer is the same.'
      : `In x it is ${inX.differentiable ? '' : 'not '}differentiable, because ${inX.reason}.`,
  };
}

function describeReach(certificate: Certificate): string {
  const { radius, margin } = certificate;
  if (radius === null) return 'W may move as far as it likes.';
  if (margin?.n === 0n) {
    return 'However little W moves, another of these rows may be selected: the radius is 0.';
  }
  return `No other row is selected while W moves by less than ${describeRadius(certificate)}.`;
}
