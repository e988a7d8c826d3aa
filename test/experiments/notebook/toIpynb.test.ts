import type { Output, ExecutedCell } from '../../../experiments/notebook/ExecutedCell.ts';
import { toIpynb } from '../../../experiments/notebook/toIpynb.ts';

const code = (count: number, ...outputs: Output[]): ExecutedCell => ({
  kind: 'code',
  source: ['a();', 'b();'],
  lastLine: 2,
  count,
  outputs,
});
const prose: ExecutedCell = {
  kind: 'markdown',
  source: ['# A'],
  lastLine: 1,
  count: null,
  outputs: [],
};
const cellsOf = (...cells: ExecutedCell[]) =>
  (JSON.parse(toIpynb(cells)) as { cells: Record<string, unknown>[] }).cells;

describe('toIpynb', () => {
  it('is nbformat 4.5, in TypeScript', () => {
    expect(JSON.parse(toIpynb([]))).toMatchObject({
      cells: [],
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {
        kernelspec: { display_name: 'TypeScript', language: 'typescript' },
        language_info: { name: 'typescript', file_extension: '.ts' },
      },
    });
  });

  it('has markdown and numbered code cells, each with a unique id', () => {
    expect(cellsOf(prose, code(1))).toEqual([
      { cell_type: 'markdown', id: 'cell-1', metadata: {}, source: ['# A'] },
      {
        cell_type: 'code',
        id: 'cell-2',
        metadata: {},
        source: ['a();\n', 'b();'],
        execution_count: 1,
        outputs: [],
      },
    ]);
  });

  it('has values as text and HTML, and charts as SVG with a printed title and alternative text', () => {
    const [cell] = cellsOf(
      code(
        3,
        { kind: 'value', text: 'a\nb', html: '<table>' },
        { kind: 'value', text: 'a', html: undefined },
        { kind: 'chart', title: 'title', svg: '<svg/>\n' },
      ),
    );
    expect(cell.outputs).toEqual([
      {
        output_type: 'execute_result',
        execution_count: 3,
        data: { 'text/html': ['<table>'], 'text/plain': ['a\n', 'b'] },
        metadata: {},
      },
      {
        output_type: 'execute_result',
        execution_count: 3,
        data: { 'text/plain': ['a'] },
        metadata: {},
      },
      { output_type: 'stream', name: 'stdout', text: ['Chart: title\n'] },
      {
        output_type: 'display_data',
        data: { 'image/svg+xml': ['<svg/>\n'], 'text/plain': ['title'] },
        metadata: { 'image/svg+xml': { alt: 'title' } },
      },
    ]);
  });

  it('has claims as standard output, and merges consecutive ones', () => {
    const claim = (text: string): Output => ({ kind: 'claim', text, holds: true });
    const chart: Output = { kind: 'chart', title: '', svg: '' };
    const [{ outputs }] = cellsOf(code(1, claim('✓ a'), claim('✓ b'), chart, claim('✓ c')));
    expect(outputs).toMatchObject([
      { output_type: 'stream', name: 'stdout', text: ['✓ a\n', '✓ b\n', 'Chart: \n'] },
      { output_type: 'display_data' },
      { output_type: 'stream', text: ['✓ c\n'] },
    ]);
  });
});
