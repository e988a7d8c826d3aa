import { formatValue } from '../util/formatValue.ts';

/** Throws unless f is a function; names it, and the function `fn` that was given it. */
export function checkFunction(f: unknown, fn: string, name = 'f'): void {
  if (typeof f !== 'function') {
    throw new Error(`${fn}: ${name} must be a function, got ${formatValue(f)}`);
  }
}
