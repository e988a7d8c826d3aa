import type { GradientEntry, GradientReport } from './gradientReport.ts';

/** The error of `checkGrads`: how many entries failed, and the worst of them, analytic above numeric. */
export function failureMessage(
  { failures, entries }: GradientReport,
  { name, analytic, numeric, step, error, tolerance, rounding }: GradientEntry,
): string {
  const short = (value: number) => String(Number(value.toPrecision(6)));
  const share = `${String(failures)} of ${String(entries)} entries`;
  return [
    `gradient and central difference disagree in ${share}, most in ${name}:`,
    `  analytic   ${short(analytic)}`,
    `  numeric    ${short(numeric)}   (step ${short(step)})`,
    `  error      ${short(error)}   (tolerance ${short(tolerance)}, expected rounding ${short(rounding)})`,
    '  If f is not smooth within the step, set margin or eps.',
  ].join('\n');
}
