const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/**
 * A number with four decimals and a true minus sign; very large and very small ones in powers of ten, with four digits.
 *
 * @param scale the largest of the numbers that it stands among: what float32 would lose beside it is '≈ 0'.
 */
export function format(value: number, decimals = 4, scale = 0): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < scale * 2 ** -24) return '≈ 0';
  const isPlain = size < 1e5 && size >= 0.5 * 10 ** -decimals;
  return tidy(isPlain ? value.toFixed(decimals) : value.toExponential(decimals - 1));
}

/** A text with true minus signs before its numbers. */
export function withMinus(text: string): string {
  return text.replace(/-(?=\d)/g, '−');
}

/** Numbers with so few digits as tell them apart. */
export function formatDistinct(values: number[]): string[] {
  for (let digits = 3; digits < 16; digits++) {
    const texts = values.map((value) => formatShort(value, digits));
    if (new Set(texts).size === values.length) return texts;
  }
  return values.map((value) => formatShort(value, 16));
}

/** A number of few digits, for sentences: 0.2709, 2e−5, 1.235e8. */
export function formatShort(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return 'infinite';
  const rounded = Number(value.toPrecision(digits));
  return tidy(Math.abs(rounded) < 1e6 ? String(rounded) : rounded.toExponential());
}

const tidy = (text: string) => withMinus(text).replace('e+', 'e');

/** y and 12 as y₁₂. */
export function subscript(name: string, index: number): string {
  return name + Array.from(String(index), (digit) => SUBSCRIPTS[Number(digit)]).join('');
}
