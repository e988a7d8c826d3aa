/** Throws unless two nested arrays of numbers are equal; NaN equals NaN, and −0 equals 0. */
export function check(actual: unknown, expected: unknown, of = 'result'): void {
  const text = (value: unknown) =>
    JSON.stringify(value, (_, entry: unknown) => {
      if (typeof entry === 'number' && !Number.isFinite(entry)) return String(entry);
      return ArrayBuffer.isView(entry) ? Array.from(entry as Float32Array) : entry;
    });
  if (text(actual) !== text(expected)) {
    throw new Error(`${of}: ${text(actual)} should be ${text(expected)}`);
  }
}
