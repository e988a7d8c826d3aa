import { inspect } from 'node:util';
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
  const rows = W.rows.map(checkRow);
  const entries = checkRow(x);
  if (entries.length !== d) {
    const got = `${String(entries.length)} for ${String(d)}`;
    throw new UsageError(`${x.location} must have as many entries as W has columns; got ${got}`);
  }
  if (typeof k.value !== 'number' || !Number.isInteger(k.value) || k.value < 0 || k.value > n) {
    const rule = `must be an integer in [0, ${String(n)}]`;
    throw new UsageError(`${k.location} ${rule}, got ${format(k.value)}`);
  }
  checkOverflow(rows, entries, W.location);
  return { W: rows, x: entries, k: k.value };
}

function checkRow({ entries, locationOf }: UncheckedRow): number[] {
  return entries.map((entry, j) => {
    if (typeof entry !== 'number' || !Number.isFinite(Math.fround(entry))) {
      throw new UsageError(`${locationOf(j)}: must be a finite float32, got ${format(entry)}`);
    }
    return entry;
  });
}

/** Rejects inputs for which y = Wx, the loss Σ y² or a gradient may overflow float32. */
function checkOverflow(W: number[][], x: number[], location: string): void {
  const maxAbs = (entries: number[]) => entries.reduce((max, e) => Math.max(max, Math.abs(e)), 0);
  const y = W.map((row) => row.reduce((sum, entry, j) => sum + Math.abs(entry * x[j]), 0));
  const factor = Math.max(1, maxAbs(y), maxAbs(x), maxAbs(W.map(maxAbs)));
  if (!Number.isFinite(Math.fround(2 * W.length * maxAbs(y) * factor))) {
    throw new UsageError(
      `${location} and x are too large: the loss or its gradient may overflow float32`,
    );
  }
}

function format(value: unknown): string {
  return inspect(value, { depth: -1, maxStringLength: 40, breakLength: Infinity });
}
