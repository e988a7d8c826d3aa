import { isDeepStrictEqual, inspect } from 'node:util';

/** What a claim found, and what it must be. */
export type Test =
  | { found: number; unit?: string; atMost: number }
  | { found: number; unit?: string; atLeast: number }
  | { found: unknown; unit?: string; equals: unknown };

/** Whether the test holds, and its figure in words: "0 ULP (at most 4)". NaN meets no bound. */
export function evaluateClaim(test: Test): { holds: boolean; figure: string } {
  const figure = (rule: string, bound: unknown) => {
    const unit = test.unit === undefined ? '' : ` ${test.unit}`;
    return `${short(test.found)}${unit} (${rule} ${short(bound)})`;
  };
  if ('atMost' in test)
    return { holds: test.found <= test.atMost, figure: figure('at most', test.atMost) };
  if ('atLeast' in test)
    return { holds: test.found >= test.atLeast, figure: figure('at least', test.atLeast) };
  return {
    holds: isDeepStrictEqual(test.found, test.equals),
    figure: figure('expected', test.equals),
  };
}

function short(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value !== 'number') return inspect(value);
  if (Object.is(value, -0)) return '-0';
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
}
