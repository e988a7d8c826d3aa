import { parseCells } from '../../src/notebook/parseCells.ts';

describe('parseCells', () => {
  it('splits a script at its markers into prose and code', () => {
    const script = '// %% [markdown]\n// # Title\n//\n// Text\n\n// %%\nconst a = 1;\n\nshow(a);\n';
    expect(parseCells(script)).toEqual([
      { kind: 'markdown', source: ['# Title', '', 'Text'], lastLine: 5 },
      { kind: 'code', source: ['const a = 1;', '', 'show(a);'], lastLine: 10 },
    ]);
  });

  it('takes what stands before the first marker as code', () => {
    expect(parseCells('a();\n// %%\nb();').map(({ source }) => source)).toEqual([
      ['a();'],
      ['b();'],
    ]);
  });

  it('keeps comments and indentation of code as they are', () => {
    expect(parseCells('// %%\n  // why\n  a();')[0].source).toEqual(['  // why', '  a();']);
  });

  it('ignores titles and metadata on a marker, and knows the short form [md]', () => {
    const kinds = parseCells('// %% Title {"a": 1}\na();\n//%% [md]\n// b').map(({ kind }) => kind);
    expect(kinds).toEqual(['code', 'markdown']);
  });

  it('drops cells without text, and finds none in an empty script', () => {
    expect(parseCells('// %%\n\n// %%\na();')).toHaveLength(1);
    expect(parseCells('')).toEqual([]);
  });

  it('reads CRLF line ends', () => {
    expect(parseCells('// %%\r\na();\r\n')[0].source).toEqual(['a();']);
  });
});
