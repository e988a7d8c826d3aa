import type { UncheckedProblem, UncheckedRow } from './problemTypes.ts';
import { readText } from './readText.ts';
import { UsageError } from './UsageError.ts';

/**
 * Reads `{"W": [[…], …], "x": […], "k": 3}`.
 *
 * @throws UsageError if the file is not JSON, or if W or x is not an array.
 */
export function readJson(file: string): UncheckedProblem {
  const { W, x, k } = parse(file);
  if (!Array.isArray(W) || !W.every(Array.isArray)) {
    throw new UsageError(`${file}: W must be an array of rows, [[…], …]`);
  }
  if (!Array.isArray(x)) throw new UsageError(`${file}: x must be an array of numbers, […]`);
  const row = (name: string, entries: unknown[]): UncheckedRow => ({
    location: `${file}: ${name}`,
    locationOf: (j) => `${file}: ${name}[${String(j)}]`,
    entries,
  });
  return {
    W: {
      location: `${file}: W`,
      rows: W.map((entries: unknown[], i) => row(`W[${String(i)}]`, entries)),
    },
    x: row('x', x),
    k: { location: `${file}: k`, value: k },
  };
}

function parse(file: string): { W?: unknown; x?: unknown; k?: unknown } {
  const text = readText(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: invalid JSON: ${(error as Error).message}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(`${file}: must be an object, {"W": [[…], …], "x": […], "k": …}`);
  }
  return json;
}
