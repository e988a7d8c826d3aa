import type { GradientReport } from './gradientReport.ts';
import { worstEntry } from './worstEntry.ts';

/** One report on everything that several reports are on. */
export function mergeReports(reports: GradientReport[]): GradientReport {
  const total = (count: 'entries' | 'failures' | 'belowNoise') =>
    reports.reduce((sum, report) => sum + report[count], 0);
  return {
    entries: total('entries'),
    failures: total('failures'),
    belowNoise: total('belowNoise'),
    isSampled: reports.some(({ isSampled }) => isSampled),
    worst: worstEntry(reports.flatMap(({ worst }) => worst ?? [])),
  };
}
