import { checkCount, count } from './checkCount.ts';
import type { UncheckedProblem, UncheckedRow } from './problemTypes.ts';
import { readText } from './readText.ts';
import { UsageError } from './UsageError.ts';

/**
 * Reads `{"W": [[…], …], "x": […], "k": 3}`.
 *
 * @throws UsageError if the file is not JSON or too long, or if W or x is not an array.
 */
export function readJson(file: string): UncheckedProblem {
  const text = readText(file);
  checkCount(`${file}: each of W and x`, count(text, ',') / 2);
  checkCount(`${file}: W`, count(text, '[') + count(text, '{') - 3); // rows
  const { W, x, k } = parse(file, text);
  if (!Array.isArray(W) || !W.every(Array.isArray)) {
    throw new UsageError(`${file}: W must be an array of rows, [[…], …]`);
  }
  if (!Array.isArray(x)) throw new UsageError(`${file}: x must be an array of numbers, […]`);
  checkCount(
    `${file}: W`,
    W.reduce((sum: number, row: unknown[]) => sum + row.length, 0),
  );
  const typed = parse(file, quoteNumbers(text)) as { W: unknown[][]; x: unknown[]; k?: unknown };
  const row = (name: string, entries: unknown[], typed: unknown[]): UncheckedRow => ({
    location: `${file}: ${name}`,
    locationOf: (j) => `${file}: ${name}[${String(j)}]`,
    entries,
    typed,
  });
  return {
    W: {
      location: `${file}: W`,
      rows: W.map((entries: unknown[], i) => row(`W[${String(i)}]`, entries, typed.W[i])),
    },
    x: row('x', x, typed.x),
    k: { location: `${file}: k`, value: k, typed: typed.k },
  };
}

function parse(file: string, text: string): { W?: unknown; x?: unknown; k?: unknown } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: invalid JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(`${file}: must be an object, {"W": [[…], …], "x": […], "k": …}`);
  }
  return json;
}

/** Puts the numbers of a valid JSON text in quotes: parsed again, it gives them as they are typed. */
function quoteNumbers(text: string): string {
  let isInString = false;
  return text.replace(ESCAPE_QUOTE_OR_NUMBER, (token) => {
    if (token === '"') isInString = !isInString;
    return isInString || /^["\\]/.test(token) ? token : `"${token}"`;
  });
}

/** An escaped character comes first: `\\"` does not end a string. Outside strings there is none. */
const ESCAPE_QUOTE_OR_NUMBER = /\\.|"|-?\d[\d.eE+-]*/g;
