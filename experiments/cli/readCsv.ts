import { parse } from 'csv-parse/sync';
import { checkCount, count } from './checkCount.ts';
import type { UncheckedProblem, UncheckedRow } from './problemTypes.ts';
import { readText } from './readText.ts';
import { UsageError } from './UsageError.ts';

/**
 * Reads W from a CSV file with one matrix row per line, and x from one with a single row or column.
 *
 * @throws UsageError if a file is not CSV or too long, or if x has several rows and columns.
 */
export function readCsv(w: string, x: string, k: string): UncheckedProblem {
  return {
    W: { location: `${w}: W`, rows: readRows(w) },
    x: asVector(x, readRows(x)),
    k: { location: '--k', value: parseNumber(k.trim()), typed: k.trim() },
  };
}

function readRows(file: string): UncheckedRow[] {
  const text = readText(file);
  const rows: UncheckedRow[] = [];
  checkCount(`${file}:`, count(text, ',')); // before a long line is parsed
  let entries = 0;
  try {
    parse(text, {
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true, // checkProblem rejects ragged rows, of CSV and of JSON
      on_record: (record: string[], { lines }) => {
        const location = `${file}: line ${String(lines)}`;
        const locationOf = (j: number) => `${location}, column ${String(j + 1)}`;
        entries += record.length;
        checkCount(`${file}:`, entries);
        record.forEach((cell) => {
          checkNotation(cell, location);
        });
        rows.push({ location, locationOf, entries: record.map(parseNumber), typed: record });
        return null;
      },
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file}: invalid CSV: ${(error as Error).message.slice(0, 100)}`);
  }
  return rows;
}

function asVector(file: string, rows: UncheckedRow[]): UncheckedRow {
  if (rows.length === 1) return { ...rows[0], location: `${file}: x` };
  const wide = rows.find(({ entries }) => entries.length !== 1);
  if (wide) {
    const rule = 'x must be a single row or a single column (of numbers such as 0.5, not 0,5)';
    throw new UsageError(`${wide.location}: ${rule}`);
  }
  return {
    location: `${file}: x`,
    locationOf: (j) => rows[j].locationOf(0),
    entries: rows.flatMap(({ entries }) => entries),
    typed: rows.flatMap(({ typed }) => typed),
  };
}

/** The number that a decimal text spells, or another text itself. */
function parseNumber(text: string): unknown {
  return DECIMAL.test(text) ? Number(text) : text;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Rejects a cell that shows that the file has other separators or decimal commas. */
function checkNotation(cell: string, location: string): void {
  const found = Object.entries(OTHER_NOTATIONS).find(([, pattern]) => pattern.test(cell));
  if (!found) return;
  const expected = 'expected commas between numbers, and decimal points: 0.5,-2,1e-3';
  throw new UsageError(`${location}: seems to have ${found[0]}; ${expected}`);
}

const OTHER_NOTATIONS = {
  'semicolons as separators': /[\d\s];|;[\d\s+-.]/,
  'tabs as separators': /\S\t+\S/,
  'spaces as separators': /^[\d.+-]\S* +[\d.+-]/,
  'decimal commas': /^[+-]?\d*,\d+$/,
};
