/** The fewest decimals that a dragged number has. */
const DECIMALS = 2;

/**
 * Adds a number of steps of 0.01 to a decimal text, and keeps its decimals: 3 steps from '0.6699' are
 * '0.6999'. From 100 on a step is 0.01 of the power of ten at or below the number, as 0.01 would not show; of the power
 * before where a step from there led here, so that a step towards 0 undoes one away from it.
 */
export function stepEntry(text: string, steps: number): string {
  if (steps === 0) return text;
  const value = Number(text);
  const size = Math.abs(value);
  const power = size < 100 ? 1 : 10 ** Math.floor(Math.log10(size));
  const before = power > 100 ? power / 10 : 1;
  const isFromBefore = steps * value < 0 && size - 0.01 * before < power;
  const [mantissa, exponent = '0'] = text.toLowerCase().split('e');
  const decimals = (/\.(\d*)/.exec(mantissa)?.[1].length ?? 0) - Number(exponent);
  return writeDecimal(
    value + steps * 0.01 * (isFromBefore ? before : power),
    Math.max(DECIMALS, decimals),
  );
}

/** A number with at most so many decimals, as '0.5', never as '-0' or '5e-7'. */
export function writeDecimal(value: number, decimals: number): string {
  const text = value.toFixed(Math.min(decimals, 20));
  const isLong = text.includes('e');
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return isLong ? text.replace('+', '') : short === '-0' ? '0' : short;
}
