/** The fewest decimals that a dragged number has. */
const DECIMALS = 2;

/**
 * Adds a number of steps of 0.01 to a decimal text, and keeps its decimals: 3 steps from '0.6699' are
 * '0.6999'. Beyond 100 a step is 0.01 of the power of ten below the number, as 0.01 would not show.
 */
export function stepEntry(text: string, steps: number): string {
  const value = Number(text);
  const scale = Math.abs(value) < 100 ? 1 : 10 ** Math.floor(Math.log10(Math.abs(value)));
  const decimals = /e/i.test(text) ? DECIMALS : (/\.(\d*)/.exec(text)?.[1].length ?? 0);
  return writeDecimal(value + steps * 0.01 * scale, Math.max(DECIMALS, decimals));
}

/** A number with at most so many decimals, as '0.5', never as '-0' or '5e-7'. */
export function writeDecimal(value: number, decimals: number): string {
  const text = value.toFixed(Math.min(decimals, 20));
  const isLong = text.includes('e');
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return isLong ? text.replace('+', '') : short === '-0' ? '0' : short;
}
