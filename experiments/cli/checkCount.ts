import { UsageError } from './UsageError.ts';

/** Bounds the memory that a run takes to a few GB; readers count the entries before these take it. */
export function checkCount(location: string, entries: number): void {
  if (entries > 2 ** 22) throw new UsageError(`${location} must have at most 2^22 entries`);
}

/** How often a character occurs. */
export function count(text: string, character: string): number {
  let found = 0;
  for (let i = text.indexOf(character); i >= 0; i = text.indexOf(character, i + 1)) found++;
  return found;
}
