import fc from 'fast-check';
import { selectRanks } from '../../../src/kernels/select/selectRanks.ts';
import { sortRanks } from '../../../src/kernels/select/sortRanks.ts';

// @types/node has no values of it.
declare const WebAssembly: Record<'Memory' | 'Module' | 'Instance', () => object>;

function freshSelectRanks(): typeof selectRanks {
  let fresh = selectRanks;
  jest.isolateModules(() => {
    fresh = jest.requireActual<{ selectRanks: typeof selectRanks }>(
      '../../../src/kernels/select/selectRanks.ts',
    ).selectRanks;
  });
  return fresh;
}

describe.each(['selectRanks', 'sortRanks', 'selectRanks where a page forbids WebAssembly'])(
  '%s',
  (name) => {
    let select = name === 'sortRanks' ? sortRanks : selectRanks;
    beforeAll(() => {
      if (!name.endsWith('forbids WebAssembly')) return;
      select = freshSelectRanks();
      jest.spyOn(WebAssembly, 'Memory').mockImplementation(() => {
        throw new Error('forbidden');
      });
    });
    afterAll(() => {
      jest.restoreAllMocks();
    });

    it('finds what a stable ascending sort puts at the ranks of each row', () => {
      const entry = fc.constantFrom(-Infinity, -1, -0, 0, 1, 2, Infinity);
      const rows = fc.integer({ min: 1, max: 9 }).chain((n) =>
      fc.record({
        rows: fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 4 }),
        ranks: fc.array(fc.nat(n - 1), { minLength: 1, maxLength: 3 }),
      }),
    ); // prettier-ignore
      fc.assert(
        fc.property(rows, ({ rows, ranks }) => {
          const expected = rows.flatMap((row) => {
            const sorted = row
              .map((_, i) => i)
              .sort((i, j) => (row[i] < row[j] ? -1 : row[i] > row[j] ? 1 : i - j));
            return ranks.map((rank) => sorted[rank]);
          });
          expect([...select(Float32Array.from(rows.flat()), rows[0].length, ranks)]).toEqual(
            expected,
          );
        }),
        { seed: 1 },
      );
    });

    it('finds the first NaN of a row that has one, whatever the rank', () => {
      expect([...select(Float32Array.of(1, NaN, NaN, 3, 2, 1), 3, [0, 2])]).toEqual([1, 1, 2, 0]);
    });

    it('does not change the data', () => {
      const data = Float32Array.of(3, 1, 2);
      select(data, 3, [1]);
      expect(data).toEqual(Float32Array.of(3, 1, 2));
    });
  },
);
