import type { GradientReport } from '../../src/index.ts';

/** The error of a check, or null if it passes. */
export function errorOf(check: () => unknown): (Error & { cause?: unknown }) | null {
  try {
    check();
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** The report of a check that throws. */
export function reportOf(check: () => unknown): GradientReport {
  return errorOf(check)?.cause as GradientReport;
}
