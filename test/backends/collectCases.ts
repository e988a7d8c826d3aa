import type { Case } from './Case.ts';

/** A list of cases, and an `it` that adds to it: their titles are sentences about the subject. */
export function collectCases(subject: string) {
  const cases: Case[] = [];
  const it = (title: string, run: Case['run']): void => {
    cases.push({ title: `${subject} ${title}`, run });
  };
  return { cases, it };
}
