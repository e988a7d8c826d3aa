import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCells } from '../../../experiments/notebook/parseCells.ts';
import { ROOT } from '../spawnScript.ts';

describe('parseCells', () => {
  it('splits a script into markdown and code at its markers', () => {
    const script = '// %% [markdown]\n// # Title\n//\n// Text\n\n// %%\nconst a = 1;\n\nshow(a);\n';
    expect(parseCells(script)).toEqual([
      { kind: 'markdown', source: ['# Title', '', 'Text'], lastLine: 5 },
      { kind: 'code', source: ['const a = 1;', '', 'show(a);'], lastLine: 10 },
    ]);
  });

  it('takes lines before the first marker as code', () => {
    expect(parseCells('a();\n// %%\nb();').map(({ source }) => source)).toEqual([
      ['a();'],
      ['b();'],
    ]);
  });

  it('keeps comments and indentation in code', () => {
    expect(parseCells('// %%\n  // why\n  a();')[0].source).toEqual(['  // why', '  a();']);
  });

  it('ignores titles and metadata on a marker, and accepts the short form [md]', () => {
    const kinds = parseCells('// %% Title {"a": 1}\na();\n//%% [md]\n// b').map(({ kind }) => kind);
    expect(kinds).toEqual(['code', 'markdown']);
  });

  it('drops empty cells, and finds none in an empty script', () => {
    expect(parseCells('// %%\n\n// %%\na();')).toHaveLength(1);
    expect(parseCells('')).toEqual([]);
  });

  it('reads CRLF line ends', () => {
    expect(parseCells('// %%\r\na();\r\n')[0].source).toEqual(['a();']);
  });

  it.each([
    ['// %%', 'code'],
    ['//%%', 'code'],
    ['  // %%', 'code'],
    ['// %%%', 'code'],
    ['// %% title', 'code'],
    ['// %% tags=["a"]', 'code'],
    ['// %% [markdown]', 'markdown'],
    ['// %% title [md]', 'markdown'],
    ['// %%title', undefined],
    ['// %', undefined],
    ['/* %% */', undefined],
    ['a(); // %%', undefined],
  ])('recognizes or ignores %j as a marker, as Jupytext does', (line, kind) => {
    const cells = parseCells(`a();\n${line}\n// b\n`);
    expect(cells.slice(1).map((cell) => cell.kind)).toEqual(kind === undefined ? [] : [kind]);
  });

  const folder = join(ROOT, 'experiments');
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'run.ts');
  it.each(scripts)('reads %s as Jupytext does', (name) => {
    const script = readFileSync(join(folder, name), 'utf8');
    const markers = script.split('\n').filter((line) => line.includes('%%'));
    const cells = parseCells(script);
    // The script starts with a marker, every marker is a plain one, and no cell is empty.
    expect(script.startsWith('// %%')).toBe(true);
    expect(markers).toEqual(
      cells.map(({ kind }) => (kind === 'code' ? '// %%' : '// %% [markdown]')),
    );
    // A markdown cell consists of comments only.
    const lines = script.split('\n');
    for (const [i, { kind, lastLine }] of cells.entries()) {
      if (kind === 'code') continue;
      const first = i === 0 ? 0 : cells[i - 1].lastLine;
      const prose = lines.slice(first, lastLine).filter((line) => line !== '');
      expect(prose.filter((line) => !/^\/\/( |$)/.test(line))).toEqual([]);
    }
  });
});
