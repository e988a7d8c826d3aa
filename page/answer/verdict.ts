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
  const { inW, inX, radius, margin } = certificate;
  const isSmooth = margin !== null && margin.n !== 0n;
  const isSame = inX.differentiable === inW.differentiable && inX.reason === inW.reason;
  return {
    isDifferentiable: inW.differentiable,
    because: `because ${inW.reason}.`,
    radius: isSmooth
      ? radius === null
        ? 'W may move as far as it likes.'
        : `No other row is selected while W moves by less than ${describeRadius(certificate)}.`
      : margin === null
        ? ''
        : 'However little W moves, another of them may be selected: the radius is 0.',
    statements: isSmooth
      ? 'statements 1 and 3'
      : inW.differentiable
        ? 'statement 1'
        : 'statements 1 and 4',
    inX: isSame
      ? 'The same holds in x.'
      : `In x it is ${inX.differentiable ? '' : 'not '}differentiable, because ${inX.reason}.`,
  };
}
