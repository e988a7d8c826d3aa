import { inspect } from 'node:util';
import { decimal } from '../exact/decimal.ts';
import { mayOverflow } from './mayOverflow.ts';
import type { Problem, UncheckedProblem, UncheckedRow } from './problemTypes.ts';
import { UsageError } from './UsageError.ts';

/** Checks the shapes and values of W, x and k. @throws UsageError for the first that is wrong. */
export function checkProblem({ W, x, k }: UncheckedProblem): Problem {
  const n = W.rows.length;
  if (n === 0 || W.rows[0].entries.length === 0) {
    throw new UsageError(`${W.location} must have at least one row and one column`);
  }
  const d = W.rows[0].entries.length;
  for (const { location, entries } of W.rows) {
    if (entries.length !== d) {
      const got = `length ${String(entries.length)}, but the first row has length ${String(d)}`;
      throw new UsageError(`${location}: all rows of W must have the same length; got ${got}`);
    }
  }
  W.rows.forEach(checkRow);
  checkRow(x);
  if (x.entries.length !== d) {
    const got = `${String(x.entries.length)} for ${String(d)}`;
    throw new UsageError(`${x.location} must have as many entries as W has columns; got ${got}`);
  }
  checkK(k, n);
  const rows = W.rows.map(({ entries }) => entries as number[]);
  const entries = x.entries as number[];
  checkOverflow(rows, entries, W.location);
  const typed = { W: W.rows.map((row) => row.typed as string[]), x: x.typed as string[] };
  return { W: rows, x: entries, k: (k.value as number) + 0, typed }; // 0, not -0
}

/** Bounds the memory that a run takes, as checkCount does. */
const MAX_SELECTION = 2 ** 24;

function checkK({ location, value, typed }: UncheckedProblem['k'], n: number): void {
  if (value === undefined) throw new UsageError(`${location} is missing`);
  if (typeof value !== 'number' || !isInteger(String(typed)) || value < 0 || value > n) {
    const rule = `must be an integer in [0, ${String(n)}]`;
    throw new UsageError(`${location} ${rule}, got ${format(value, typed)}`);
  }
  if (value * n > MAX_SELECTION) {
    const rule = `must be at most ${String(Math.floor(MAX_SELECTION / n))} for ${String(n)} rows`;
    const reason = 'the selection matrix may have 2^24 entries, k · n';
    throw new UsageError(`${location} ${rule} (${reason}), got ${format(value, typed)}`);
  }
}

/** Of a number as it was typed: 1e-400 is no integer, though it is rounded to 0. */
function isInteger(typed: string): boolean {
  try {
    return decimal.read(typed).exponent >= 0;
  } catch {
    return false;
  }
}

function checkRow({ entries, typed, locationOf }: UncheckedRow): void {
  entries.forEach((entry, j) => {
    if (typeof entry !== 'number' || !Number.isFinite(Math.fround(entry))) {
      const got = format(entry, typed[j]);
      throw new UsageError(`${locationOf(j)}: must be a finite float32, got ${got}`);
    }
    try {
      decimal.read(typed[j] as string);
    } catch (error) {
      throw new UsageError(`${locationOf(j)}: ${(error as Error).message}`);
    }
  });
}

/** Rejects inputs for which y = Wx, the loss Σ y² or a gradient may overflow float32. */
function checkOverflow(W: number[][], x: number[], location: string): void {
  if (mayOverflow(W, x)) {
    throw new UsageError(
      `${location} and x are too large: the loss or its gradient may overflow float32; ` +
        '2n · max |Wx| · max(1, |Wx|, |W|, |x|) must be less than 3.4e38',
    );
  }
}

/** A number as it was typed, and anything else as JavaScript would write it. */
function format(value: unknown, typed: unknown): string {
  if (typeof value !== 'number' || typeof typed !== 'string') {
    return inspect(value, { depth: -1, maxStringLength: 40, breakLength: Infinity });
  }
  return typed.length > 40 ? `${typed.slice(0, 40)}…` : typed;
}
