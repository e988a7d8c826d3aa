import katex from '@vscode/markdown-it-katex';
import MarkdownIt from 'markdown-it';
import { PAGES, readPage } from './pages.ts';

const markdown = new MarkdownIt().use(katex, {
  throwOnError: false,
  output: 'mathml',
  strict: 'ignore',
});
const ERROR = 'katex-error'; // the class of what KaTeX cannot parse
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

describe('the formulas', () => {
  it.each(PAGES)('of %s can be typeset, and no dollar sign is left over', (page) => {
    const text = readPage(page);
    const html = markdown.render(text);
    expect(text).not.toMatch(/\\operatorname\b/); // GitHub refuses this macro
    expect(html).not.toContain(ERROR);
    const prose = html.replace(/<(pre|code|math)\b.*?<\/\1>/gs, '');
    expect(prose).not.toContain('$');
  });

  it('are found: those of the theorem, and one that is wrong', () => {
    const html = markdown.render(readPage('docs/theory.md'));
    expect(count(html, /<math\b/g)).toBeGreaterThan(100);
    expect(markdown.render('$\\frac{1}$')).toContain(ERROR);
  });
});
