import type { GradientEntry, GradientReport } from './gradientReport.ts';

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

type ErrorOfEntry = Pick<GradientEntry, 'error' | 'tolerance' | 'kink' | 'jump'>;

/**
 * The first entry with the largest error relative to its tolerance. Failures come before kinks and jumps, and these
 * before what agrees.
 */
export function worstEntry<Entry extends ErrorOfEntry>(entries: Entry[]): Entry | null {
  let worst: Entry | null = null;
  for (const entry of entries) {
    if (worst === null || errorRatio(entry) > errorRatio(worst)) worst = entry;
  }
  return worst;
}

function errorRatio({ error, tolerance, kink, jump }: ErrorOfEntry): number {
  if (kink !== null || jump !== null) return 1;
  if (error === 0) return 0;
  return error <= tolerance ? Math.min(error / tolerance, 1 - Number.EPSILON) : error / tolerance;
}
