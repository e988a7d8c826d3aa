import { isDeepStrictEqual, inspect } from 'node:util';

/** A value and the condition that it must meet. The unit follows the value in print. */
export type Condition =
  | { found: number; unit?: string; atMost: number }
  | { found: number; unit?: string; atLeast: number }
  | { found: unknown; unit?: string; equals: unknown };

/**
 * Evaluates a condition, and prints it behind the sentence that claims it: a bound always, as in
 * "(0 ULP apart; at most 4 allowed)"; of an equality only a failure, as in "(found 35, expected
 * 36)", because the sentence gives the value. NaN meets no bound.
 */
export function evaluateClaim(
  sentence: string,
  condition: Condition,
): { holds: boolean; text: string } {
  const { holds, figure } = evaluate(condition);
  return { holds, text: [holds ? '✓' : '✗', sentence, figure].filter(Boolean).join(' ') };
}

function evaluate(condition: Condition): { holds: boolean; figure: string } {
  const { found, unit } = condition;
  const value = unit === undefined ? format(found) : `${format(found)} ${unit}`;
  if ('atMost' in condition) {
    const figure = `(${value}; at most ${format(condition.atMost)} allowed)`;
    return { holds: condition.found <= condition.atMost, figure };
  }
  if ('atLeast' in condition) {
    const figure = `(${value}; at least ${format(condition.atLeast)} required)`;
    return { holds: condition.found >= condition.atLeast, figure };
  }
  const holds = isDeepStrictEqual(found, condition.equals);
  return { holds, figure: holds ? '' : `(found ${value}, expected ${format(condition.equals)})` };
}

/** Four significant digits, unless the number is whole. */
function format(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value !== 'number' || Object.is(value, -0)) return inspect(value);
  if (Number.isInteger(value)) return String(value);
  const rounded = Number(value.toPrecision(4));
  return Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}
