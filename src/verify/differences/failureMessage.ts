import type { GradientEntry, GradientReport } from './gradientReport.ts';

type FailedReport = GradientReport & { worst: GradientEntry };

/** Kernels whose gradient in tfjs is computed from a saved result, which a second gradient takes for a constant. */
const SAVE_RESULTS = ['Exp', 'Tanh', 'Sigmoid', 'Softmax', 'Elu', 'Pow'];

/**
 * The error of `checkGrads`: how many entries failed, and the worst of them, analytic above numeric.
 *
 * @param report its `entries` are those of the order at which the comparison ended.
 */
export function failureMessage(report: FailedReport, kernels: Set<string>): string {
  const lines = report.failures > 0 ? disagreement(report, kernels) : notSmooth(report, kernels);
  const notes = report.notes.map((note) => `Note: ${note}.`);
  return [lines[0], ...[...lines.slice(1), ...notes].map((line) => `  ${line}`)].join('\n');
}

function disagreement(
  { failures, kinks, entries, order, worst }: FailedReport,
  kernels: Set<string>,
): string[] {
  const { name, analytic, numeric, step, error, tolerance, rounding, slopes } = worst;
  if (slopes !== null) {
    const [least, largest] = slopes.map(short);
    return [
      `order ${String(order)}: the gradient at a kink is no subgradient, most in ${name}:`,
      `analytic   ${short(analytic)}`,
      `slopes     ${least} to ${largest}   (step ${short(step)}, tolerance ${short(tolerance)})`,
      `f is not differentiable in ${share(kinks, entries)}. Each alone is between the slopes on both sides.`,
    ];
  }
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

function notSmooth({ kinks, entries, order, worst }: FailedReport, kernels: Set<string>): string[] {
  const { name, analytic, numeric, step, kink, isKinkNearby, jump } = worst;
  const f = order === 2 ? 'the gradient of f' : 'f';
  if (jump !== null) {
    const [below, above] = jump.map(short);
    return [
      `${f} jumps here: from ${below} to ${above} within ${short(2 * step)}, in ${name}; it has no gradient`,
      `It is not differentiable in ${share(kinks, entries)}; the other entries agree.`,
    ];
  }
  const [least, largest] = (kink ?? [NaN, NaN]).map(short);
  const slopes = isKinkNearby
    ? `slopes from ${least} to ${largest} at points nearby, ${short(numeric)} at the point, in ${name}`
    : `one-sided slopes ${least} and ${largest} in ${name}`;
  return [
    `${f} is not differentiable here: ${slopes}; the gradient ${short(analytic)} lies between`,
    `There is a kink in ${share(kinks, entries)}, at the point or within ${short(step)} of it; the other entries agree.`,
    ...([...kernels].some((kernel) => kernel.includes('TopK'))
      ? [
          'For topk(y, k), margin is selectionMargin(y, k).margin / √2, in the unit of y,',
          'or selectionMargin(y, k).orderMargin / √2 if f depends on the order of the values.',
        ]
      : []),
  ];
}

function share(count: number, entries: number): string {
  return `${String(count)} of ${String(entries)} ${entries === 1 ? 'entry' : 'entries'}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
