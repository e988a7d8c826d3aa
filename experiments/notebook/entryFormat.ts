const PRECISION = 4;

/**
 * How PyTorch prints the entries of a tensor: 4 decimals, whole numbers as `2.` and int32 as `2`,
 * exponents where the entries span more than 3 decades.
 *
 * @param numbers all entries that are to be printed.
 */
export function entryFormat(numbers: number[], dtype: string): (entry: number) => string {
  if (dtype === 'bool') return (entry) => String(entry !== 0);
  if (dtype === 'int32') return String;
  const sizes = numbers.filter((entry) => Number.isFinite(entry) && entry !== 0).map(Math.abs);
  const [least, greatest] = [Math.min(...sizes), Math.max(...sizes)];
  const isWhole = sizes.every(Number.isInteger);
  const isWide = greatest / least > 1000 || greatest > 1e8 || (!isWhole && least < 1e-4);
  return (entry) => {
    if (!Number.isFinite(entry))
      return String(entry).replace('Infinity', 'inf').replace('NaN', 'nan');
    if (isWide) return exponential(entry);
    const fixed = isWhole ? `${entry.toFixed(0)}.` : entry.toFixed(PRECISION);
    return Object.is(entry, -0) ? `-${fixed}` : fixed;
  };
}

/** 1.2346e-06: two digits of exponent, as C prints it. */
function exponential(entry: number): string {
  return entry.toExponential(PRECISION).replace(/([+-])(\d)$/, '$10$2');
}
