import { styleText } from 'node:util';
import type { ExecutedCell } from './ExecutedCell.ts';

/**
 * Formats a cell for the log: markdown with bold headings and without the $ around formulas, which
 * are LaTeX in Unicode and can be read as they are; code behind `In [n]:`.
 */
export function formatCell({ source, count }: ExecutedCell): string {
  const lines = count === null ? source.map(formatProse) : source.map(withPrompt(count));
  return lines.join('\n');
}

function formatProse(line: string): string {
  const text = line.replaceAll('$', '');
  return line.startsWith('#') ? styleText('bold', text) : text;
}

function withPrompt(count: number) {
  const prompt = `In [${String(count)}]: `;
  const continuation = '...: '.padStart(prompt.length);
  return (line: string, i: number) => {
    const start = i === 0 ? prompt : continuation;
    return line === ''
      ? styleText('green', start.trimEnd())
      : `${styleText('green', start)}${line}`.trimEnd();
  };
}
