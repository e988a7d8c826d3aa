import katex from '@vscode/markdown-it-katex';
import MarkdownIt from 'markdown-it';
import type { Output, ExecutedCell } from './ExecutedCell.ts';
import { PAGE_STYLE } from './pageStyle.ts';

const markdown = new MarkdownIt(); // its default, html: false, escapes HTML in prose
const { escapeHtml: escape } = markdown.utils;
// Formulas become MathML, which browsers typeset without a script. `strict` would warn of Unicode.
const asMathML = { throwOnError: false, output: 'mathml', strict: 'ignore' };
markdown.use(katex, asMathML);

/**
 * Converts a run to a self-contained HTML page without scripts. It begins with the first cell, if
 * that is markdown, and with what the run answers; then all claims are listed, each with a link to
 * its cell.
 *
 * @param environment a line about the backend.
 */
export function toPage(cells: ExecutedCell[], environment: string): string {
  const headings = cells.flatMap(({ kind, source }) => (kind === 'markdown' ? source : []));
  const title = headings.find((line) => line.startsWith('# '))?.slice(2) ?? 'Notebook';
  const sections = cells.map((cell, i) => formatSection(cell, i, title));
  const opening = cells[0]?.kind === 'markdown' ? sections.splice(0, 1) : [];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>
${PAGE_STYLE}
</style>
</head>
<body>
<main>
<h1>${markdown.renderInline(title)}</h1>
${opening.join('')}
${repeatAnswers(cells)}
<p class="about">${escape(environment)}</p>
${listClaims(cells)}
${sections.join('\n')}
</main>
</body>
</html>
`;
}

function repeatAnswers(cells: ExecutedCell[]): string {
  const answers = cells.flatMap(({ outputs }) => outputs.filter(({ kind }) => kind === 'answer'));
  return answers.map((output) => formatOutput(output, null)).join('\n');
}

function listClaims(cells: ExecutedCell[]): string {
  const claims = cells.flatMap(({ outputs }, i) =>
    outputs.flatMap((output) => (output.kind === 'claim' ? [{ ...output, i }] : [])),
  );
  if (claims.length === 0) return '';
  const held = claims.filter(({ holds }) => holds).length;
  const items = claims.map(
    ({ text, holds, i }) => `<li${statusClass(holds)}><a href="#${id(i)}">${escape(text)}</a></li>`,
  );
  const counts = `${String(held)} ✓, ${String(claims.length - held)} ✗`;
  return `<nav><h2>Claims: ${counts}</h2>\n<ul class="claims">\n${items.join('\n')}\n</ul></nav>`;
}

function formatSection(
  { kind, source, count, outputs }: ExecutedCell,
  i: number,
  title: string,
): string {
  if (kind === 'markdown') {
    const prose = source.filter((line) => line !== `# ${title}`).join('\n');
    return `<section id="${id(i)}">\n${markdown.render(prose)}</section>`;
  }
  const code = `<pre class="code"><code>${escape(source.join('\n'))}</code></pre>`;
  return [
    `<section id="${id(i)}" class="cell">`,
    `<div class="prompt">In [${String(count)}]:</div>${code}`,
    ...outputs.map((output) => formatOutput(output, count)),
    '</section>',
  ].join('\n');
}

function formatOutput(output: Output, count: number | null): string {
  if (output.kind === 'answer') {
    return `<div class="answer">${output.lines.map((line) => `<p>${escape(line)}</p>`).join('')}</div>`;
  }
  if (output.kind === 'claim') {
    return `<p${statusClass(output.holds)}>${escape(output.text)}</p>`;
  }
  if (output.kind === 'chart') {
    return `<figure><figcaption>${escape(output.title)}</figcaption>${output.svg}</figure>`;
  }
  const { html, text } = output;
  const value =
    html === undefined ? `<pre>${escape(text)}</pre>` : `<div class="table">${html}</div>`;
  return `<div class="prompt out">Out[${String(count)}]:</div>${value}`;
}

const id = (i: number) => `cell-${String(i + 1)}`;
const statusClass = (holds: boolean) => ` class="${holds ? 'holds' : 'fails'}"`;
