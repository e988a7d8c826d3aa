import { formatEntry } from '../../src/util/formatEntry.ts';

it('names an entry by its position in a tensor of any rank, counted in row-major order', () => {
  expect(formatEntry(5, 3, [4])).toBe('5 at [3]');
  expect(formatEntry(NaN, 5, [2, 3])).toBe('NaN at [1,2]');
  expect(formatEntry('a', 0, [2, 3, 4])).toBe('"a" at [0,0,0]');
  expect(formatEntry(8, 0, [])).toBe('8');
  expect(formatEntry(7, 13, [2, 3, 4])).toBe('7 at [1,0,1]');
});
