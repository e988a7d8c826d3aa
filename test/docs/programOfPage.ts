import { readPage } from './pages.ts';
import type { SampleProgram } from './SampleProgram.ts';

/** The ts blocks of a page are one program: a later block may use what an earlier one declares. */
export function programOfPage(page: string): SampleProgram {
  let isCode = false;
  const lines = readPage(page)
    .split('\n')
    .map((line) => {
      const isFence = line.startsWith('```');
      if (isFence) isCode = line === '```ts';
      return isCode && !isFence ? line : '';
    });
  return { file: page, source: lines.join('\n') };
}
