import type { Entry, Notation, Scaled } from './types.ts';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;
const MAX_PLACES = 1000;

/** Entries as they are typed: '0.1' is 1/10. */
export const decimal: Notation = { base: 10n, read: readDecimal };

/**
 * Reads what JavaScript, JSON and CSV files write as a decimal number: '12', '+.5', '-3.5E+2',
 * '1e400'.
 *
 * @throws RangeError if it is anything else, or has a digit more than 1000 places before or after
 *   the decimal point: '1e999999999' would fill the memory.
 */
function readDecimal(entry: Entry): Scaled {
  const text = String(entry).trim();
  const [, sign, whole = '', fraction = '', power = '0'] = DECIMAL.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === '') throw new RangeError(`must be a decimal number, got ${abbreviate(text)}`);

  let end = digits.length; // of the digits without zeros at the end
  while (end > 0 && digits[end - 1] === '0') end--;
  if (end === 0) return { digits: 0n, exponent: 0 };
  let start = 0;
  while (digits[start] === '0') start++;

  const exponent = Number(power) - fraction.length + digits.length - end;
  if (exponent < -MAX_PLACES || exponent + end - start > MAX_PLACES) {
    const rule = `must have its digits within ${String(MAX_PLACES)} places of the decimal point`;
    throw new RangeError(`${rule}, got ${abbreviate(text)}`);
  }
  return { digits: BigInt(sign + digits.slice(start, end)), exponent };
}

function abbreviate(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
