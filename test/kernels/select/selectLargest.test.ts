import * as fc from 'fast-check';
import { selectLargest } from '../../../src/kernels/select/selectLargest.ts';
import { selectEachRow } from '../../../src/kernels/select/selectEachRow.ts';
import { SELECTION } from '../../../src/kernels/wasm/binaries.ts';
import { ownModule } from '../../../src/kernels/wasm/ownModule.ts';
import { differenceAt, hardRows, SEED, SIZES, withBothNaN } from '../../oracles/hardRows.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';

const MAX = (2 - 2 ** -23) * 2 ** 127;
/** From the smallest to the largest; neighbours differ. */
const ASCENDING = [
  -Infinity,
  -MAX,
  -2,
  -1,
  -(2 ** -126),
  -(2 ** -149),
  0,
  2 ** -149,
  2 ** -126,
  1,
  1 + 2 ** -23,
  MAX,
  Infinity,
  NaN,
];

// @types/node has no values of it.
declare const WebAssembly: Record<'Memory' | 'Module' | 'Instance', () => object>;

/** selectLargest in a fresh module registry, where the functions of WebAssembly may be forbidden. */
function freshSelectLargest(): typeof selectLargest {
  let fresh = selectLargest;
  jest.isolateModules(() => {
    fresh = jest.requireActual<{ selectLargest: typeof selectLargest }>(
      '../../../src/kernels/select/selectLargest.ts',
    ).selectLargest;
  });
  return fresh;
}

const setSeed = (seed: number) => {
  const own = ownModule(SELECTION, () => 0);
  if (own) own.functions.seed.value = seed;
};

describe.each([
  ['selectLargest', selectLargest],
  ['selectEachRow', selectEachRow],
])('%s', (_, select) => {
  const indicesOf = (data: Float32Array | Int32Array, k: number, largest = true, sorted = true) => {
    setSeed(SEED);
    return Array.from(select(data, data.length, { k, largest, sorted }).indices);
  };
  const ofIntegers = (entries: number[], k: number) => indicesOf(Int32Array.from(entries), k);

  it('finds the indices of the largest, largest first', () => {
    expect(ofIntegers([3, 9, -4, 7], 2)).toEqual([1, 3]);
    expect(ofIntegers([3, 9, -4, 7], 4)).toEqual([1, 3, 0, 2]);
  });

  it('takes the first of equal entries, also where they straddle the threshold', () => {
    expect(ofIntegers([5, 5, 5, 5], 2)).toEqual([0, 1]);
    expect(ofIntegers([1, 5, 9, 5, 5], 3)).toEqual([2, 1, 3]);
  });

  it('orders float32 numbers from −Infinity to NaN, in both directions', () => {
    const row = Float32Array.from(ASCENDING);
    const ascending = ASCENDING.map((_, i) => i);
    expect(indicesOf(row, row.length)).toEqual(ascending.toReversed());
    expect(indicesOf(row, row.length, false)).toEqual(ascending);
    expect(indicesOf(row.toReversed(), row.length)).toEqual(ascending);
  });

  it('takes −0 for equal to 0, and every NaN for equal, whatever its bits', () => {
    expect(indicesOf(Float32Array.of(-0, 0, -0, 0), 4)).toEqual([0, 1, 2, 3]);
    expect(indicesOf(Float32Array.of(-0, 0, -0, 0), 4, false)).toEqual([0, 1, 2, 3]);
    const bits = Int32Array.of(0x7fc00000, 0x7f800001, -0x400000, -0x7fffff);
    const nans = new Float32Array(bits.buffer);
    expect(indicesOf(nans, 4)).toEqual([0, 1, 2, 3]);
    expect(indicesOf(nans, 4, false)).toEqual([0, 1, 2, 3]);
  });

  it('returns the values of the selected entries to the bit, in the type of the data', () => {
    const row = Float32Array.of(-0, 2 ** -149, NaN, -Infinity);
    const { values } = select(row, 4, { k: 4, sorted: true });
    expect(values).toEqual(
      Float32Array.of(NaN, -0, 2 ** -149, -Infinity)
        .fill(2 ** -149, 1, 2)
        .fill(-0, 2, 3),
    );
    const integers = select(Int32Array.of(5, 2 ** 31 - 1), 2, { k: 2, sorted: true });
    expect(integers.values).toEqual(Int32Array.of(2 ** 31 - 1, 5));
  });

  it('reaches both ends of int32', () => {
    const [min, max] = [-(2 ** 31), 2 ** 31 - 1];
    expect(ofIntegers([min, 0, max, min + 1, max - 1], 5)).toEqual([2, 4, 1, 3, 0]);
    expect(indicesOf(Int32Array.of(min, -1, max, 0), 4, false)).toEqual([0, 1, 3, 2]);
    expect(ofIntegers([max, max, min, min], 3)).toEqual([0, 1, 2]);
    expect(ofIntegers(Array<number>(100).fill(max), 70)).toEqual([...Array(70).keys()]);
  });

  it('selects from each row, and leaves the data as they were', () => {
    const data = Float32Array.of(1, 3, 2, 6, 5, 4);
    const both = select(data, 3, { k: 2, sorted: true });
    expect(both.indices).toEqual(Int32Array.of(1, 2, 0, 1));
    expect(both.values).toEqual(Float32Array.of(3, 2, 6, 5));
    const smallest = select(data.subarray(3), 3, { k: 2, largest: false, sorted: true });
    expect(smallest.indices).toEqual(Int32Array.of(2, 1));
    expect(data).toEqual(Float32Array.of(1, 3, 2, 6, 5, 4));
  });

  it.each(SIZES)('takes NaN of either sign for the largest, n = %d, k = %d', (n, k) => {
    const row = withBothNaN(n);
    for (const largest of [true, false]) {
      const expected = plainTopk(Array.from(row), k, largest).indices;
      expect(differenceAt(indicesOf(row, k, largest), expected)).toBe(-1);
    }
  });

  it('equals a stable sort on entries of every kind: wide, few, and alike in the high bytes', () => {
    // Without a size, no array would be longer than 10.
    const upTo300: fc.ArrayConstraints = { minLength: 1, maxLength: 300, size: 'max' };
    const entries = fc.oneof(
      fc.array(fc.integer(), upTo300),
      fc.array(fc.integer({ min: -2, max: 2 }), upTo300),
      fc.array(fc.integer({ min: 1e9, max: 1e9 + 999 }), upTo300),
    );
    const problem = entries.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.integer({ min: 1, max: entries.length })),
    );
    fc.assert(
      fc.property(problem, ([entries, k]) => {
        const order = entries.map((_, i) => i).sort((i, j) => entries[j] - entries[i] || i - j);
        expect(ofIntegers(entries, k)).toEqual(order.slice(0, k));
        const set = indicesOf(Int32Array.from(entries), k, true, false).sort((i, j) => i - j);
        expect(set).toEqual(order.slice(0, k).sort((i, j) => i - j));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it.each(SIZES)('equals a sort on rows that are hard to select from, n = %d, k = %d', (n, k) => {
    for (const { title, row } of hardRows(n, k)) {
      for (const largest of [true, false]) {
        const found = indicesOf(Float32Array.from(row), k, largest);
        const at = differenceAt(found, plainTopk(row, k, largest).indices);
        expect({ title, largest, at }).toEqual({ title, largest, at: -1 });
      }
      const integers = row.map((entry) => (Math.abs(entry) < 2000 ? Math.round(entry * 1e6) : 0));
      const at = differenceAt(ofIntegers(integers, k), plainTopk(integers, k).indices);
      expect({ title, at }).toEqual({ title, at: -1 });
    }
  });
});

describe('selectLargest', () => {
  const select = (data: Float32Array, n: number, k: number) =>
    selectLargest(data, n, { k, sorted: true }).indices;

  it('finds the same set without sorting it', () => {
    const entries = Float32Array.from({ length: 400 }, (_, i) => (i * 7) % 400);
    const { indices } = selectLargest(entries, 400, { k: 200, sorted: false });
    const sorted = select(entries, 400, 200);
    expect(indices).not.toEqual(sorted);
    expect(indices.toSorted()).toEqual(sorted.toSorted());
  });

  it('finds the same whatever the seed of the sample, which it draws itself', () => {
    for (const [n, k] of [
      [9000, 20],
      [20_000, 300],
    ]) {
      for (const { title, row } of hardRows(n, k)) {
        const expected = plainTopk(row, k).indices;
        for (let seed = 0; seed < 2 ** 32; seed += 1e9) {
          setSeed(seed);
          const at = differenceAt(select(Float32Array.from(row), n, k), expected);
          expect({ title, seed, at }).toEqual({ title, seed, at: -1 });
        }
      }
    }
    const seeds = [0, 1].map(() => {
      let seed = 0;
      jest.isolateModules(() => {
        const fresh = jest.requireActual<{ ownModule: typeof ownModule }>(
          '../../../src/kernels/wasm/ownModule.ts',
        );
        seed = fresh.ownModule(SELECTION, () => 0)?.functions.seed.value ?? 0;
      });
      return seed;
    });
    expect(seeds[0]).not.toBe(seeds[1]);
  });

  it('selects from more rows than it copies at once', () => {
    const [rows, n] = [3000, 700]; // 8.4 MB
    const data = Float32Array.from({ length: rows * n }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 8);
    expect(
      differenceAt(select(data, n, 3), selectEachRow(data, n, { k: 3, sorted: true }).indices),
    ).toBe(-1);
  });

  it('selects from a row for which its memory must grow, and again from a short one', () => {
    const n = 20_000_000; // 80 MB, more than it keeps
    const data = new Float32Array(n);
    data[n - 1] = 2;
    data[n - 2] = 1;
    expect(select(data, n, 2)).toEqual(Int32Array.of(n - 1, n - 2));
    expect(select(Float32Array.of(1, 3, 2), 3, 2)).toEqual(Int32Array.of(1, 2));
  });

  it.each(['Memory', 'Module', 'Instance'] as const)(
    'sorts where a page forbids WebAssembly.%s',
    (name) => {
      const forbidden = jest.spyOn(WebAssembly, name).mockImplementation(() => {
        throw new Error('Refused to compile or instantiate WebAssembly');
      });
      const { values, indices } = freshSelectLargest()(Float32Array.of(1, 3, 2), 3, {
        k: 2,
        sorted: true,
      });
      expect(forbidden).toHaveBeenCalledTimes(1);
      forbidden.mockRestore();
      expect(values).toEqual(Float32Array.of(3, 2));
      expect(indices).toEqual(Int32Array.of(1, 2));
    },
  );
});
