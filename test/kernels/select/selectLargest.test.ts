import * as fc from 'fast-check';
import { selectLargest } from '../../../src/kernels/select/selectLargest.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';
import { differenceAt, hardRows, SIZES, withBothNaN } from '../../oracles/hardRows.ts';

const places = (keys: number[], k: number, sorted = true) =>
  Array.from(selectLargest(Int32Array.from(keys), Math.max(1, keys.length), k, true, sorted));

describe('selectGreatest', () => {
  it('finds the places of the greatest, greatest first', () => {
    expect(places([3, 9, -4, 7], 2)).toEqual([1, 3]);
    expect(places([3, 9, -4, 7], 4)).toEqual([1, 3, 0, 2]);
  });

  it('takes the first of equal entries, also where they straddle the cut', () => {
    expect(places([5, 5, 5, 5], 2)).toEqual([0, 1]);
    expect(places([1, 5, 9, 5, 5], 3)).toEqual([2, 1, 3]);
  });

  it('finds the same set if it need not sort', () => {
    expect(places([3, 9, -4, 7], 3, false).sort()).toEqual([0, 1, 3]);
    const keys = Array.from({ length: 400 }, (_, i) => (i * 7) % 400);
    expect(places(keys, 200, false)).not.toEqual(places(keys, 200));
  });

  it('reaches both ends of int32', () => {
    const [least, most] = [-(2 ** 31), 2 ** 31 - 1];
    expect(places([least, 0, most, least + 1, most - 1], 5)).toEqual([2, 4, 1, 3, 0]);
    expect(places([most, most, least, least], 3)).toEqual([0, 1, 2]);
    expect(places(Array<number>(100).fill(most), 70)).toEqual([...Array(70).keys()]);
  });

  it('selects nothing for k = 0, also from nothing', () => {
    expect(places([1, 2], 0)).toEqual([]);
    expect(places([], 0)).toEqual([]);
  });

  it('selects from each row, and leaves the data as they were', () => {
    const data = Float32Array.of(1, 3, 2, 6, 5, 4);
    expect(selectLargest(data, 3, 2, true, true)).toEqual(Int32Array.of(1, 2, 0, 1));
    expect(selectLargest(data.subarray(3), 3, 2, false, true)).toEqual(Int32Array.of(2, 1));
    expect(data).toEqual(Float32Array.of(1, 3, 2, 6, 5, 4));
  });

  it.each(SIZES)('takes NaN of either sign for the greatest, n = %d, k = %d', (n, k) => {
    const row = withBothNaN(n);
    for (const largest of [true, false]) {
      const expected = plainTopk(Array.from(row), k, largest).indices;
      expect(differenceAt(selectLargest(row, n, k, largest, true), expected)).toBe(-1);
    }
  });

  it('equals a stable sort on keys of every kind: wide, few, and alike in the high bytes', () => {
    // Without a size, no array would be longer than 10.
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

  it.each(SIZES)('equals a sort on rows that are hard to select from, n = %d, k = %d', (n, k) => {
    for (const { title, row } of hardRows(n, k)) {
      for (const largest of [true, false]) {
        const found = selectLargest(Float32Array.from(row), n, k, largest, true);
        const at = differenceAt(found, plainTopk(row, k, largest).indices);
        expect({ title, largest, at }).toEqual({ title, largest, at: -1 });
      }
      const integers = row.map((entry) => (Math.abs(entry) < 2000 ? Math.round(entry * 1e6) : 0));
      const found = selectLargest(Int32Array.from(integers), n, k, true, true);
      expect({ title, at: differenceAt(found, plainTopk(integers, k).indices) }).toEqual({
        title,
        at: -1,
      });
    }
  });
});
