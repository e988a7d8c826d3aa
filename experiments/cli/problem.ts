import thread from '../thread.json';
import { checkProblem } from './checkProblem.ts';
import type { Problem } from './problemTypes.ts';
import { readCsv } from './readCsv.ts';
import { readJson } from './readJson.ts';
import { UsageError } from './UsageError.ts';

interface Files {
  input?: string | undefined;
  w?: string | undefined;
  x?: string | undefined;
  k?: string | undefined;
}

/**
 * Reads W, x and k from the JSON file `input`, or from the CSV files `w` and `x` and the text `k`.
 * Without any of these it returns the thread's W, x and k.
 *
 * @throws UsageError with the file, the location in it and the rule that is broken.
 */
export function problem({ input, w, x, k }: Files): Problem {
  const isCsv = (w ?? x ?? k) !== undefined;
  if (input !== undefined) {
    if (isCsv) throw new UsageError('--input cannot be combined with --w, --x or --k');
    return checkProblem(readJson(input));
  }
  if (!isCsv) return { ...thread, typed: { W: thread.W.map(asTyped), x: asTyped(thread.x) } };
  if (w === undefined || x === undefined || k === undefined) {
    throw new UsageError('--w, --x and --k must be given together');
  }
  return checkProblem(readCsv(w, x, k));
}

const asTyped = (numbers: number[]) => numbers.map(String);
