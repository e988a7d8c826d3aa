import MarkdownIt from 'markdown-it';
import type { Output, ExecutedCell } from './ExecutedCell.ts';
import { PAGE_STYLE } from './pageStyle.ts';

const markdown = new MarkdownIt(); // its default, html: false, escapes HTML in prose
const { escapeHtml: escape } = markdown.utils;

/**
 * Converts a run to a self-contained HTML page without scripts. All claims are listed at the top,
 * each with a link to its cell.
 *
 * @param environment a line about the backend.
 */
export function toPage(cells: ExecutedCell[], environment: string): string {
  const headings = cells.flatMap(({ kind, source }) => (kind === 'markdown' ? source : []));
  const title = headings.find((line) => line.startsWith('# '))?.slice(2) ?? 'Notebook';
  const sections = cells.map((cell, i) => formatSection(cell, i, title)).join('\n');
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
<p class="about">${escape(environment)}</p>
${listClaims(cells)}
${sections}
</main>
</body>
</html>
`;
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
