import * as fc from 'fast-check';
import { selectGreatest } from '../../src/kernels/selectGreatest.ts';

const places = (keys: number[], k: number, sorted = true) =>
  Array.from(selectGreatest(Int32Array.from(keys), k, sorted));

describe('selectGreatest', () => {
  it('finds the places of the greatest, greatest first', () => {
    expect(places([3, 9, -4, 7], 2)).toEqual([1, 3]);
    expect(places([3, 9, -4, 7], 4)).toEqual([1, 3, 0, 2]);
  });

  it('takes the first of equal keys, also where they straddle the cut', () => {
    expect(places([5, 5, 5, 5], 2)).toEqual([0, 1]);
    expect(places([1, 5, 9, 5, 5], 3)).toEqual([2, 1, 3]);
  });

  it('finds the same set if it need not sort', () => {
    expect(places([3, 9, -4, 7], 3, false).sort()).toEqual([0, 1, 3]);
    const keys = Array.from({ length: 40 }, (_, i) => (i * 7) % 40);
    expect(places(keys, 20, false)).not.toEqual(places(keys, 20));
  });

  it('reaches both ends of int32', () => {
    const [least, most] = [-(2 ** 31), 2 ** 31 - 1];
    expect(places([least, 0, most, least + 1, most - 1], 5)).toEqual([2, 4, 1, 3, 0]);
  });

  it('selects nothing for k = 0, also from nothing', () => {
    expect(places([1, 2], 0)).toEqual([]);
    expect(places([], 0)).toEqual([]);
  });

  it('equals a stable sort on keys of every kind: wide, few, and alike in the high bytes', () => {
    // Without a size, no array would be longer than 10, and no k in need of the threshold.
    const upTo300: fc.ArrayConstraints = { maxLength: 300, size: 'max' };
    const keys = fc.oneof(
      fc.array(fc.integer(), upTo300),
      fc.array(fc.integer({ min: -2, max: 2 }), upTo300),
      fc.array(fc.integer({ min: 1e9, max: 1e9 + 999 }), upTo300),
    );
    const question = keys.chain((keys) =>
      fc.tuple(fc.constant(keys), fc.integer({ min: 0, max: keys.length })),
    );
    fc.assert(
      fc.property(question, ([keys, k]) => {
        const order = keys.map((_, i) => i).sort((i, j) => keys[j] - keys[i] || i - j);
        expect(places(keys, k)).toEqual(order.slice(0, k));
        const set = places(keys, k, false).sort((i, j) => i - j);
        expect(set).toEqual(order.slice(0, k).sort((i, j) => i - j));
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
