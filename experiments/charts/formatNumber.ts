/** A number with a few significant digits, in exponential notation if it is very small or large. */
export function formatNumber(value: number, digits = 3): string {
  const size = Math.abs(value);
  const isLong = size !== 0 && (size < 1e-3 || size >= 1e5);
  return isLong ? value.toExponential(digits - 2) : String(Number(value.toPrecision(digits)));
}
