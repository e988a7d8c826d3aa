const PRECISION = 4;

/**
 * Returns a function that formats the entries of a tensor as PyTorch does: 4 decimals; `2.` for
 * whole floats and `2` for int32; exponents if the magnitudes span more than 3 decades.
 *
 * @param entries all entries that will be printed, because they share one format.
 */
export function entryFormatter(entries: number[], dtype: string): (entry: number) => string {
  if (dtype === 'bool') return (entry) => String(entry !== 0);
  if (dtype === 'int32') return String;
  const sizes = entries.filter((entry) => Number.isFinite(entry) && entry !== 0).map(Math.abs);
  const [min, max] = [Math.min(...sizes), Math.max(...sizes)];
  const isWhole = sizes.every(Number.isInteger);
  const isWide = max / min > 1000 || max > 1e8 || (!isWhole && min < 1e-4);
  return (entry) => {
    if (!Number.isFinite(entry))
      return String(entry).replace('Infinity', 'inf').replace('NaN', 'nan');
    if (isWide) return formatExponential(entry);
    const fixed = isWhole ? `${entry.toFixed(0)}.` : entry.toFixed(PRECISION);
    return Object.is(entry, -0) ? `-${fixed}` : fixed;
  };
}

/** 1.2346e-06, with at least two digits of exponent as in C. */
function formatExponential(entry: number): string {
  return entry.toExponential(PRECISION).replace(/([+-])(\d)$/, '$10$2');
}
