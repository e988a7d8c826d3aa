import { formatValue } from '../util/formatValue.ts';

/** Throws unless k is an integer in [0, n]; names the function `fn`, k and n. */
export function checkK(k: number, n: number, fn: string): void {
  if (!Number.isInteger(k) || k < 0 || k > n) {
    throw new Error(`${fn}: k must be an integer in [0, ${String(n)}], got ${formatValue(k)}`);
  }
}
