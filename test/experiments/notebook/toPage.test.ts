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

  it('begins with the answers: the sentence in bold, then the verdict, then the list of claims', () => {
    const verdict: Output = { kind: 'answer', lines: ['Verdict: differentiable in W.'] };
    const page = toPage(
      [
        prose('# Title\n\n**Yes, almost everywhere.**'),
        cell('a();', verdict, claim('✓ one', true)),
      ],
      '',
    );
    const order = ['<h1>', '<strong>Yes, almost', '<p>Verdict: ', '<nav>', 'a();'];
    const places = order.map((text) => page.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('typesets formulas, within a line and on one of their own, as MathML', () => {
    const page = toPage([prose('# Title\n\nWhere $τ = 0$ it is\n\n  $$2 Pᵀy.$$')], '');
    const formulas = page.match(/<math.*?<\/mrow>/g) ?? [];
    expect(formulas).toHaveLength(2);
    expect(formulas[0]).toContain('<mi>τ</mi><mo>=</mo><mn>0</mn>');
    expect(formulas[1]).toContain('display="block"');
    expect(formulas[1]).toContain('<mn>2</mn><msup><mi>P</mi><mi>T</mi></msup><mi>y</mi>');
    expect(page).not.toContain('$');
    expect(page).not.toContain('katex-error');
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
