/** A number with at most so many digits that count; 1e-30 or 2e+6 where it would be long otherwise. */
export function short(value: number, digits = 3): string {
  const size = Math.abs(value);
  const isLong = size !== 0 && (size < 1e-3 || size >= 1e5);
  return isLong ? value.toExponential(digits - 2) : String(Number(value.toPrecision(digits)));
}
