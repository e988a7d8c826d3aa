import fc from 'fast-check';
import { visitRows } from '../../../src/kernels/linear/visitRows.ts';

const visited = (indices: number[], n: number) => {
  const rows: [number, number[]][] = [];
  visitRows(Int32Array.from(indices), n, (row, places) => rows.push([row, [...places]]));
  return rows;
};

describe('visitRows', () => {
  it('visits each row that occurs once, ascending, with its places, ascending', () => {
    expect(visited([3, 0, 3, 1, 3, 0], 5)).toEqual([
      [0, [1, 5]],
      [1, [3]],
      [3, [0, 2, 4]],
    ]);
    expect(visited([], 5)).toEqual([]);
    const indices = fc.array(fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(indices, (indices) => {
        const occurring = [...new Set(indices)].sort((a, b) => a - b);
        const expected = occurring.map((row) => [
          row,
          indices.flatMap((other, place) => (other === row ? [place] : [])),
        ]);
        expect(visited(indices, 10)).toEqual(expected);
      }),
    );
  });

  it('visits no row outside of [0, n), where a kernel would write beside W', () => {
    expect(visited([2, -1, 1, 7], 2)).toEqual([[1, [2]]]);
  });

  it('takes neither time nor memory for rows that do not occur', () => {
    expect(visited([2 ** 31 - 2, 0], 2 ** 31 - 1)).toEqual([
      [0, [1]],
      [2 ** 31 - 2, [0]],
    ]);
  });
});
