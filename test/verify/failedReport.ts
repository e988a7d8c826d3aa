import type { GradientReport } from '../../src/index.ts';

/** The report of a check that must fail. */
export function failedReport(check: () => unknown): GradientReport {
  try {
    check();
  } catch (error) {
    expect((error as Error).message).toContain('gradient and central difference disagree');
    return (error as Error).cause as GradientReport;
  }
  throw new Error('the check did not fail');
}
