import type { GradientReport } from './gradientReport.ts';
import { worstEntry } from './worstEntry.ts';

type Count = 'entries' | 'failures' | 'kinks' | 'steps' | 'belowNoise' | 'uncertain';

/** One report on everything that several reports are on. */
export function mergeReports(reports: GradientReport[]): GradientReport {
  const total = (count: Count) => reports.reduce((sum, report) => sum + report[count], 0);
  return {
    entries: total('entries'),
    order: Math.max(...reports.map(({ order }) => order), 1),
    failures: total('failures'),
    kinks: total('kinks'),
    steps: total('steps'),
    belowNoise: total('belowNoise'),
    uncertain: total('uncertain'),
    notes: reports.flatMap(({ notes }) => notes),
    isSampled: reports.some(({ isSampled }) => isSampled),
    worst: worstEntry(reports.flatMap(({ worst }) => worst ?? [])),
  };
}
