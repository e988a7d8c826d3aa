import type { Certificate } from '../../experiments/exact/types.ts';

export interface VerdictText {
  isDifferentiable: boolean;
  /** What follows the answer: 'because the margin is …'. */
  because: string;
  /** How far W may move; empty at a tie. */
  radius: string;
  /** The statements of the theorem that it follows from. */
  statements: string;
  inX: string;
}

/** The exact certificate as a sentence on W, and one on x. */
export function verdict({ inW, inX, radius, margin }: Certificate): VerdictText {
  const isSmooth = margin !== null && margin.n !== 0n;
  const size = radius === null ? undefined : String(Number(Number(radius).toPrecision(4)));
  const isSame = inX.differentiable === inW.differentiable && inX.reason === inW.reason;
  return {
    isDifferentiable: inW.differentiable,
    because: `because ${inW.reason}.`,
    radius: isSmooth
      ? size === undefined
        ? 'W may move as far as it likes.'
        : `W may move by ${size} before another row is selected.`
      : '',
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
