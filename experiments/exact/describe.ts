import { describeRadius } from './describeRadius.ts';
import { formatFraction } from './formatFraction.ts';
import { formatRows } from './formatRows.ts';
import type { Certificate, Decision, Verdict } from './types.ts';

/** The certificate as lines of text: the verdict on W first, then that on x. */
export function describe(certificate: Certificate): string[] {
  const { inW, inX, selected } = certificate;
  const isSame = inX.reason === inW.reason;
  return [
    `Verdict: ${sentence('W', inW)}`,
    isSame ? `In x: ${answer(inX)}, for the same reason.` : `In x: ${answer(inX)}, ${because(inX)}`,
    `Selected: ${formatRows(selected)}.`,
    `Margin: ${describeMargin(certificate)}.`,
    `Radius in W: ${describeRadius(certificate)}.`,
    ...describeSteps(certificate),
    ...describeFloat32(certificate),
  ];
}

const answer = ({ differentiable }: Verdict) =>
  differentiable ? 'differentiable' : 'not differentiable';
const because = ({ reason }: Verdict) => `because ${reason}.`;
const sentence = (variable: string, verdict: Verdict) =>
  `${answer(verdict)} in ${variable}, ${because(verdict)}`;

function describeMargin({ margin, threshold, runnerUp }: Decision): string {
  if (!margin || !threshold || !runnerUp) return 'infinite';
  const [from, to] = [threshold, runnerUp].map(formatFraction);
  return `${formatFraction(margin)}, the threshold ${from} less the runner-up ${to}`;
}

function describeSteps({ radius, steps }: Certificate): string[] {
  if (steps.length === 0) return [];
  const inside = steps.filter(({ share }) => share !== '1.001');
  const holding = inside.filter(({ holds, sameSelection }) => holds && sameSelection);
  const counts = `${String(holding.length)} of ${String(inside.length)} steps Δ`;
  const identity = `L(W + Δ) = L(W) + ⟨∇L, Δ⟩ + ‖(Δx)_S‖² holds exactly for ${counts}`;
  if (radius === null) return [`${identity}.`];
  const beyond = steps.some(({ share, sameSelection }) => share === '1.001' && !sameSelection);
  const selects = beyond ? 'selects another row' : 'still selects the same rows';
  return [`${identity} of 0.999 radii; in the worst direction, a step of 1.001 radii ${selects}.`];
}

function describeFloat32({ float32 }: Certificate): string[] {
  if (float32 === null) return ['W or x overflows when rounded to float32.'];
  const { changes, inW, inX, selected } = float32;
  const changed = 'For W and x rounded to float32, with Wx exact, the';
  const lines = [
    ...(changes.inW ? [`${changed} verdict changes: ${sentence('W', inW)}`] : []),
    ...(changes.inX ? [`${changed} verdict changes: ${sentence('x', inX)}`] : []),
    ...(changes.selection ? [`${changed} selection changes, to ${formatRows(selected)}.`] : []),
  ];
  return lines.length > 0 ? lines : [`${changed} verdict and the selection stay the same.`];
}
