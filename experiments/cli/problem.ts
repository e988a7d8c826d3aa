import { formatValue } from '../../src/util/formatValue.ts';
import thread from '../thread.json';
import { readCsv } from './readCsv.ts';
import { readJson } from './readJson.ts';
import { UsageError } from './UsageError.ts';

/** What the experiment asks about: the loss Σ topk(Wx, k)². */
export interface Question {
  /** n rows of d numbers, n and d ≥ 1 */
  W: number[][];
  /** d numbers */
  x: number[];
  /** an integer in [0, n] */
  k: number;
  /** the gradients that the thread prints, where the numbers are the thread's */
  printed?: typeof thread.printed;
}

/** A question as it was read, with the words that name each place of it in an error. */
export interface Unchecked {
  W: { place: string; rows: Row[] };
  x: Row;
  k: { place: string; value: unknown };
}

export interface Row {
  place: string;
  cell: (j: number) => string;
  entries: unknown[];
}

export interface Files {
  input?: string | undefined;
  w?: string | undefined;
  x?: string | undefined;
  k?: string | undefined;
}

/**
 * W, x and k from the JSON file `input`, or from the CSV files `w` and `x` and the text `k`, or
 * else the thread's.
 *
 * @throws UsageError that names the file, the place in it, and the rule.
 */
export function question({ input, w, x, k }: Files): Question {
  const isCsv = (w ?? x ?? k) !== undefined;
  if (input !== undefined) {
    if (isCsv) throw new UsageError('--input cannot be combined with --w, --x or --k');
    return check(readJson(input));
  }
  if (!isCsv) return thread;
  if (w === undefined || x === undefined || k === undefined) {
    throw new UsageError('--w, --x and --k must be given together');
  }
  return check(readCsv(w, x, k));
}

function check({ W, x, k }: Unchecked): Question {
  const n = W.rows.length;
  if (n === 0 || W.rows[0].entries.length === 0) {
    throw new UsageError(`${W.place} must have at least one row and one column`);
  }
  const d = W.rows[0].entries.length;
  for (const { place, entries } of W.rows) {
    if (entries.length !== d) {
      const got = `${String(entries.length)} entries, the first row has ${String(d)}`;
      throw new UsageError(`${place}: the rows of W must have the same length; got ${got}`);
    }
  }
  const rows = W.rows.map(numbers);
  const entries = numbers(x);
  if (entries.length !== d) {
    const got = `${String(entries.length)} for ${String(d)}`;
    throw new UsageError(`${x.place} must have as many entries as W has columns; got ${got}`);
  }
  if (typeof k.value !== 'number' || !Number.isInteger(k.value) || k.value < 0 || k.value > n) {
    const rule = `must be an integer in [0, ${String(n)}]`;
    throw new UsageError(`${k.place} ${rule}, got ${formatValue(k.value)}`);
  }
  checkOverflow(rows, entries, W.place);
  return { W: rows, x: entries, k: k.value };
}

function numbers({ entries, cell }: Row): number[] {
  return entries.map((entry, j) => {
    if (typeof entry !== 'number' || !Number.isFinite(Math.fround(entry))) {
      throw new UsageError(
        `${cell(j)}: must be a finite float32 number, got ${formatValue(entry)}`,
      );
    }
    return entry;
  });
}

/** Refuses what float32 may not hold on the way: y = Wx, the loss Σ y², or a gradient. */
function checkOverflow(W: number[][], x: number[], place: string): void {
  const greatest = (entries: number[]) => entries.reduce((max, e) => Math.max(max, Math.abs(e)), 0);
  const y = W.map((row) => row.reduce((sum, entry, j) => sum + Math.abs(entry * x[j]), 0));
  const most = Math.max(1, greatest(y), greatest(x), greatest(W.map(greatest)));
  if (!Number.isFinite(Math.fround(2 * W.length * greatest(y) * most))) {
    throw new UsageError(
      `${place} and x are too great: the loss or its gradient may overflow float32`,
    );
  }
}
