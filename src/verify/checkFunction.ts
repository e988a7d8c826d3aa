import { shown } from '../shown.ts';

/** Throws unless f is a function; names the function `fn` that was given it. */
export function checkFunction(f: unknown, fn: string): void {
  if (typeof f !== 'function') throw new Error(`${fn}: f must be a function, got ${shown(f)}`);
}
