import type { GradientEntry } from './gradientReport.ts';

type ErrorOfEntry = Pick<GradientEntry, 'error' | 'tolerance' | 'kink'>;

/** The first entry with the largest error relative to its tolerance. Failures come before kinks. */
export function worstEntry<Entry extends ErrorOfEntry>(entries: Entry[]): Entry | null {
  let worst: Entry | null = null;
  for (const entry of entries) {
    if (worst === null || errorRatio(entry) > errorRatio(worst)) worst = entry;
  }
  return worst;
}

function errorRatio({ error, tolerance, kink }: ErrorOfEntry): number {
  if (kink !== null) return 1;
  return error === 0 ? 0 : error / tolerance;
}
