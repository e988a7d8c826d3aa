import { parse } from 'csv-parse/sync';
import type { UncheckedProblem, UncheckedRow } from './problemTypes.ts';
import { readText } from './readText.ts';
import { UsageError } from './UsageError.ts';

/**
 * Reads W from a CSV file with one matrix row per line, and x from one with a single row or column.
 *
 * @throws UsageError if a file is not CSV, or if x has several rows and columns.
 */
export function readCsv(w: string, x: string, k: string): UncheckedProblem {
  return {
    W: { location: `${w}: W`, rows: readRows(w) },
    x: asVector(x, readRows(x)),
    k: { location: '--k', value: parseNumber(k) },
  };
}

function readRows(file: string): UncheckedRow[] {
  const text = readText(file);
  const rows: UncheckedRow[] = [];
  try {
    parse(text, {
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true, // checkProblem rejects ragged rows, of CSV and of JSON
      on_record: (record: string[], { lines }) => {
        const location = `${file}: line ${String(lines)}`;
        const locationOf = (j: number) => `${location}, column ${String(j + 1)}`;
        rows.push({ location, locationOf, entries: record.map(parseNumber) });
        return null;
      },
    });
  } catch (error) {
    throw new UsageError(`${file}: invalid CSV: ${(error as Error).message.slice(0, 100)}`);
  }
  return rows;
}

function asVector(file: string, rows: UncheckedRow[]): UncheckedRow {
  if (rows.length === 1) return { ...rows[0], location: `${file}: x` };
  const wide = rows.find(({ entries }) => entries.length !== 1);
  if (wide) throw new UsageError(`${wide.location}: x must be a single row or a single column`);
  return {
    location: `${file}: x`,
    locationOf: (j) => rows[j].locationOf(0),
    entries: rows.flatMap(({ entries }) => entries),
  };
}

/** The number that the text spells, or the text itself. */
function parseNumber(text: string): unknown {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}
