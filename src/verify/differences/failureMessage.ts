import type { GradientEntry, GradientReport } from './gradientReport.ts';

/** Kernels whose gradient in tfjs is computed from a saved result, which a second gradient takes for a constant. */
const SAVE_RESULTS = ['Exp', 'Tanh', 'Sigmoid', 'Softmax', 'LogSoftmax', 'Elu', 'Pow'];

/** The error of `checkGrads`: how many entries failed, and the worst of them, analytic above numeric. */
export function failureMessage(
  report: GradientReport,
  worst: GradientEntry,
  kernels: Set<string>,
): string {
  const lines =
    report.failures > 0 ? disagreement(report, worst, kernels) : kink(report, worst, kernels);
  const notes = report.notes.map((note) => `Note: ${note}.`);
  return [lines[0], ...[...lines.slice(1), ...notes].map((line) => `  ${line}`)].join('\n');
}

function disagreement(
  { failures, kinks, entries, order }: GradientReport,
  { name, analytic, numeric, step, error, tolerance, rounding }: GradientEntry,
  kernels: Set<string>,
): string[] {
  const wrong = order === 2 ? SAVE_RESULTS.filter((kernel) => kernels.has(kernel)) : [];
  return [
    `order ${String(order)}: gradient and central difference disagree in ${share(failures, entries)}, most in ${name}:`,
    `analytic   ${short(analytic)}`,
    `numeric    ${short(numeric)}   (step ${short(step)})`,
    `error      ${short(error)}   (tolerance ${short(tolerance)}, expected rounding ${short(rounding)})`,
    ...(order === 2 ? ['The gradient itself, order 1, agrees.'] : []),
    ...(wrong.length > 0
      ? [
          `f uses ${wrong.join(', ')}, whose second derivative is wrong in tfjs: it takes a saved result for a constant.`,
        ]
      : []),
    ...(kinks > 0
      ? [`f is not differentiable in ${share(kinks, entries)}; these do not count.`]
      : []),
    'If f is not smooth within the step, set margin or eps.',
  ];
}

function kink(
  { kinks, entries, order }: GradientReport,
  { name, analytic, step, kink }: GradientEntry,
  kernels: Set<string>,
): string[] {
  const f = order === 2 ? 'the gradient of f' : 'f';
  const [least, largest] = (kink ?? [NaN, NaN]).map(short);
  return [
    `${f} is not differentiable here: one-sided slopes ${least} and ${largest} in ${name}; the gradient ${short(analytic)} lies between`,
    `There is a kink in ${share(kinks, entries)}, at the point or within ${short(step)} of it; the other entries agree.`,
    ...([...kernels].some((kernel) => kernel.includes('TopK'))
      ? ['If f depends on the order of top-k, its margin is selectionMargin(y, k).orderMargin.']
      : []),
  ];
}

function share(count: number, entries: number): string {
  return `${String(count)} of ${String(entries)} entries`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
