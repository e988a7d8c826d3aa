import { formatRows } from '../../../experiments/exact/formatRows.ts';

it.each([
  [0, 'no row'],
  [1, 'row 0'],
  [2, 'rows 0 and 1'],
  [3, 'rows 0, 1 and 2'],
  [6, 'rows 0, 1, 2, 3, 4 and 5'],
  [7, 'rows 0, 1, 2, 3, 4 and 2 more'],
  [200_000, 'rows 0, 1, 2, 3, 4 and 199995 more'],
])('formatRows writes %d rows as %p', (count, text) => {
  expect(formatRows(Array.from({ length: count }, (_, i) => i))).toBe(text);
});
