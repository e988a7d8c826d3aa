import fc from 'fast-check';
import { distinctSelections } from '../../../src/verify/subdifferential/distinctSelections.ts';

/** All ways to take some of each group. */
const allWays = (sizes: number[]): number[][] =>
  sizes.reduce<number[][]>(
    (ways, size) =>
      ways.flatMap((way) => Array.from({ length: size + 1 }, (_, count) => [...way, count])),
    [[]],
  );
const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);

describe('distinctSelections', () => {
  it('are those with r elements of which one group at most is taken in part, each once', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, fc.nat(), (sizes, seed) => {
        const r = seed % (sum(sizes) + 1);
        const isPart = (count: number, g: number) => count > 0 && count < sizes[g];
        const expected = allWays(sizes).filter(
          (way) => sum(way) === r && way.filter(isPart).length <= 1,
        );
        expect(distinctSelections(sizes, r, 1e6)?.map(String).sort()).toEqual(
          expected.map(String).sort(),
        );
      }),
    );
  });

  it('are at least as many as there are groups, if some elements are taken and not all', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 7 });
    fc.assert(
      fc.property(sizes, fc.nat(), (sizes, seed) => {
        const r = 1 + (seed % (sum(sizes) - 1));
        const found = distinctSelections(sizes, r, 1e6);
        expect(found?.length).toBeGreaterThanOrEqual(sizes.length);
      }),
    );
  });

  it('come in lexicographic order of the elements, for groups of one', () => {
    expect(distinctSelections([1, 1, 1], 2, 3)).toEqual([
      [1, 1, 0],
      [1, 0, 1],
      [0, 1, 1],
    ]);
  });

  it('are null if there are more than the limit, at once', () => {
    expect(distinctSelections([1, 1, 1], 2, 2)).toBeNull();
    expect(distinctSelections(Array<number>(40).fill(1), 20, 1000)).toBeNull();
    expect(distinctSelections(Array<number>(40_000).fill(2), 20_001, 1000)).toBeNull();
    expect(distinctSelections([100], 50, 1)).toEqual([[50]]);
  });
});
