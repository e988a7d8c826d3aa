import type { Fraction } from './Fraction.ts';
import { magnitude } from './magnitude.ts';

/** Writes a fraction as a decimal: exactly if 17 digits suffice, else as 'about' with 6. */
export function formatFraction(q: Fraction): string {
  return roundTo(17, q).isExact ? roundTo(17, q).text : `about ${roundTo(6, q).text}`;
}

/** The number nearest to a fraction; Number(q) is NaN where its parts overflow. */
export function toNumber(q: Fraction): number {
  return Number(roundTo(17, q).text);
}

/** Rounds a fraction to a number of significant digits, half away from zero. */
export function roundTo(digits: number, q: Fraction): { text: string; isExact: boolean } {
  if (q.n === 0n) return { text: '0', isExact: true };
  const places = digits - 1 - magnitude(q);
  const scale = 10n ** BigInt(Math.abs(places));
  const [n, d] = places < 0 ? [q.n, q.d * scale] : [q.n * scale, q.d];
  const rounded = (2n * n + d) / (2n * d);
  const text = (q.s < 0n ? '-' : '') + decimalText(rounded.toString(), -places);
  return { text, isExact: n % d === 0n };
}

/** digits · 10^exponent as JavaScript writes numbers: '0.00012', '1.2e-9', '1e+400'. */
function decimalText(digits: string, exponent: number): string {
  const first = digits.length - 1 + exponent; // the power of ten of the first digit
  const significant = digits.replace(/0+$/, '');
  if (first < -6 || first >= 21) {
    const fraction = significant.length > 1 ? `.${significant.slice(1)}` : '';
    return `${significant[0]}${fraction}e${first < 0 ? '' : '+'}${String(first)}`;
  }
  if (first < 0) return `0.${'0'.repeat(-first - 1)}${significant}`;
  const whole = significant.padEnd(first + 1, '0');
  return first + 1 < whole.length
    ? `${whole.slice(0, first + 1)}.${whole.slice(first + 1)}`
    : whole;
}
