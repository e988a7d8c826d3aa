/** Throws unless two values, such as shapes or messages, are equal as JSON. */
export function checkEqual(actual: unknown, expected: unknown, of = 'result'): void {
  const [a, e] = [actual, expected].map((value) => JSON.stringify(value));
  if (a !== e) throw new Error(`${of}: ${a} should be ${e}`);
}
