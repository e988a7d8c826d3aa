import { formatTable } from '../../../experiments/notebook/formatTable.ts';

describe('formatTable', () => {
  it('aligns columns under a heading, without trailing blanks', () => {
    const rows = [
      ['', 'input', 'answer'],
      ['≠', 'NaN', '[9]'],
      ['', 'a longer one', ''],
    ];
    expect(formatTable(rows).split('\n')).toEqual([
      '   input         answer',
      '─  ────────────  ──────',
      '≠  NaN           [9]',
      '   a longer one',
    ]);
  });
});
