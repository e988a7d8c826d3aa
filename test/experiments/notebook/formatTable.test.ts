import { formatTable } from '../../../experiments/notebook/formatTable.ts';

describe('formatTable', () => {
  it('aligns columns below a heading, without trailing spaces', () => {
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
