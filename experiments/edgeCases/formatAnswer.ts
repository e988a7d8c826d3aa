/** Formats an answer whose tensors have been read: "[3 3] at [1 3]", or the error's text. */
export function formatAnswer(answer: string | ArrayLike<number>[]): string {
  return typeof answer === 'string' ? answer : answer.map(formatList).join(' at ');
}

export function formatList(entries: ArrayLike<number>): string {
  const words = Array.from(entries, (entry) => (Object.is(entry, -0) ? '-0' : String(entry)));
  return `[${words.join(' ').replaceAll('Infinity', '∞')}]`;
}
