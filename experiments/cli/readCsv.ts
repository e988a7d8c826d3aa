import { parse } from 'csv-parse/sync';
import type { Row, Unchecked } from './problem.ts';
import { readText } from './readText.ts';
import { UsageError } from './UsageError.ts';

/**
 * Reads W with one row to a line, and x in one row or one column.
 *
 * @throws UsageError if a file is not CSV, or x is neither.
 */
export function readCsv(w: string, x: string, k: string): Unchecked {
  return {
    W: { place: `${w}: W`, rows: readRows(w) },
    x: asVector(x, readRows(x)),
    k: { place: '--k', value: toNumber(k) },
  };
}

function readRows(file: string): Row[] {
  const text = readText(file);
  const rows: Row[] = [];
  try {
    parse(text, {
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true, // whether W is ragged is question's to check, as for JSON
      on_record: (record: string[], { lines }) => {
        const place = `${file}: line ${String(lines)}`;
        const cell = (j: number) => `${place}, column ${String(j + 1)}`;
        rows.push({ place, cell, entries: record.map(toNumber) });
        return null;
      },
    });
  } catch (error) {
    throw new UsageError(`${file}: not CSV: ${(error as Error).message.slice(0, 100)}`);
  }
  return rows;
}

function asVector(file: string, rows: Row[]): Row {
  if (rows.length === 1) return { ...rows[0], place: `${file}: x` };
  const wide = rows.find(({ entries }) => entries.length !== 1);
  if (wide) throw new UsageError(`${wide.place}: x must be one row or one column of numbers`);
  return {
    place: `${file}: x`,
    cell: (j) => rows[j].cell(0),
    entries: rows.flatMap(({ entries }) => entries),
  };
}

/** The number that a text spells, or the text itself. */
function toNumber(text: string): unknown {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}
