import type { Output, ExecutedCell } from '../../../experiments/notebook/ExecutedCell.ts';
import { toPage } from '../../../experiments/notebook/toPage.ts';

const cell = (source: string, ...outputs: Output[]): ExecutedCell => ({
  kind: 'code',
  source: source.split('\n'),
  lastLine: 1,
  count: 1,
  outputs,
});
const prose = (text: string): ExecutedCell => ({ ...cell(text), kind: 'markdown', count: null });
const claim = (text: string, holds: boolean): Output => ({ kind: 'claim', text, holds });

describe('toPage', () => {
  it('is one file that allows no scripts and no network, with a light and a dark style', () => {
    const page = toPage([prose('# Title'), cell('a();')], 'Backend: cpu');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    );
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('name="viewport"');
    expect(page).not.toMatch(/<script|<link|https?:|url\(|@import/);
  });

  it('has the title once, with the backend below it', () => {
    const page = toPage([prose('# A & B\n\nText'), cell('a();')], 'Backend: cpu');
    expect(page).toContain('<title>A &amp; B</title>');
    expect(page.match(/<h1>.*<\/h1>/g)).toEqual(['<h1>A &amp; B</h1>']);
    expect(page).toContain('<p class="about">Backend: cpu</p>');
    expect(page).toContain('<p>Text</p>');
  });

  it('lists all claims first, each with a link to its cell', () => {
    const page = toPage(
      [cell('a();', claim('✓ one', true)), cell('b();', claim('✗ two', false))],
      '',
    );
    const summary = page.slice(page.indexOf('<nav>'), page.indexOf('</nav>'));
    expect(summary).toContain('Claims: 1 ✓, 1 ✗');
    expect(summary).toContain('<li class="holds"><a href="#cell-1">✓ one</a></li>');
    expect(summary).toContain('<li class="fails"><a href="#cell-2">✗ two</a></li>');
    expect(page.indexOf('<nav>')).toBeLessThan(page.indexOf('id="cell-1"'));
    expect(page).toContain('id="cell-2"');
    expect(toPage([cell('a();')], '')).not.toContain('<nav>');
  });

  it('escapes prose, code, values, claims and titles', () => {
    const attack = '<script>alert("x")</script><img src=x onerror=alert(1)>';
    const page = toPage(
      [
        prose(`# ${attack}\n\n${attack}\n\n[link](javascript:alert(1))`),
        cell(attack, { kind: 'value', text: attack, html: undefined }, claim(`✓ ${attack}`, true), {
          kind: 'chart',
          title: attack,
          svg: '<svg></svg>',
        }),
      ],
      attack,
    );
    expect(page).not.toMatch(/<script|<img|href="javascript/);
    expect(page.match(/&lt;script&gt;/g)?.length).toBe(9);
  });

  it('shows a tensor as its table, and a chart as its SVG', () => {
    const page = toPage(
      [
        cell(
          'a();',
          { kind: 'value', text: 'tensor(…)', html: '<table></table>' },
          { kind: 'chart', title: 'T', svg: '<svg></svg>' },
        ),
      ],
      '',
    );
    expect(page).toContain('<div class="table"><table></table></div>');
    expect(page).not.toContain('tensor(…)');
    expect(page).toContain('<figure><figcaption>T</figcaption><svg></svg></figure>');
  });
});
