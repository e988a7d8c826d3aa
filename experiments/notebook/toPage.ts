import MarkdownIt from 'markdown-it';
import type { Output, ExecutedCell } from './ExecutedCell.ts';
import { PAGE_STYLE } from './pageStyle.ts';

const markdown = new MarkdownIt(); // with html: false, so that prose is escaped as well
const { escapeHtml: escape } = markdown.utils;

/**
 * A run as one page that needs nothing else: no network, no script. The claims come first, with their
 * marks; each leads to its cell.
 *
 * @param about a line on what it ran on.
 */
export function toPage(cells: ExecutedCell[], about: string): string {
  const headings = cells.flatMap(({ kind, source }) => (kind === 'markdown' ? source : []));
  const title = headings.find((line) => line.startsWith('# '))?.slice(2) ?? 'Notebook';
  const rest = cells.map((cell, i) => asSection(cell, i, title)).join('\n');
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
<p class="about">${escape(about)}</p>
${summary(cells)}
${rest}
</main>
</body>
</html>
`;
}

/** All claims, each with a link to its cell. */
function summary(cells: ExecutedCell[]): string {
  const claims = cells.flatMap(({ outputs }, i) =>
    outputs.flatMap((output) => (output.kind === 'claim' ? [{ ...output, i }] : [])),
  );
  if (claims.length === 0) return '';
  const held = claims.filter(({ holds }) => holds).length;
  const items = claims.map(
    ({ text, holds, i }) => `<li${marked(holds)}><a href="#${id(i)}">${escape(text)}</a></li>`,
  );
  const counts = `${String(held)} ✓, ${String(claims.length - held)} ✗`;
  return `<nav><h2>Claims: ${counts}</h2>\n<ul class="claims">\n${items.join('\n')}\n</ul></nav>`;
}

function asSection(
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
    ...outputs.map((output) => asOutput(output, count)),
    '</section>',
  ].join('\n');
}

function asOutput(output: Output, count: number | null): string {
  if (output.kind === 'claim') {
    return `<p${marked(output.holds)}>${escape(output.text)}</p>`;
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
const marked = (holds: boolean) => ` class="${holds ? 'holds' : 'fails'}"`;
