import { orderKey, valueBelow } from '../../src/kernels/orderKey.ts';

const MAX = (2 - 2 ** -23) * 2 ** 127;
/** From the least to the greatest; neighbours differ. */
const RISING = [
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

const bitsOf = (value: number) => new Int32Array(Float32Array.of(value).buffer)[0];
const keyOf = (value: number, flip: 0 | -1 = 0) => orderKey(bitsOf(value), true, flip);

describe('orderKey', () => {
  it('rises strictly with the float32 numbers, NaN last', () => {
    const keys = RISING.map((value) => keyOf(value));
    expect(keys.every((key, i) => i === 0 || key > keys[i - 1])).toBe(true);
  });

  it('falls strictly with them for flip = −1', () => {
    const keys = RISING.map((value) => keyOf(value, -1));
    expect(keys.every((key, i) => i === 0 || key < keys[i - 1])).toBe(true);
  });

  it('gives −0 the key of 0, and every NaN one key, whatever its bits', () => {
    expect(keyOf(-0)).toBe(keyOf(0));
    const nans = [0x7fc00000, 0x7f800001, -0x400000, -0x7fffff];
    expect(new Set(nans.map((bits) => orderKey(bits, true, 0)))).toEqual(new Set([2 ** 31 - 1]));
    expect(new Set(nans.map((bits) => orderKey(bits, true, -1)))).toEqual(new Set([-(2 ** 31)]));
  });

  it('is the integers themselves, to both ends of int32', () => {
    const ends = [-(2 ** 31), -1, 0, 2 ** 31 - 1];
    expect(ends.map((entry) => orderKey(entry, false, 0))).toEqual(ends);
    expect(ends.map((entry) => orderKey(entry, false, -1))).toEqual([
      2 ** 31 - 1,
      0,
      -1,
      -(2 ** 31),
    ]);
  });
});

describe('valueBelow', () => {
  it.each([0, -1] as const)('is the value next after those of the key, for flip = %d', (flip) => {
    const inOrder = flip === 0 ? RISING.toReversed() : RISING; // what is selected first, comes first
    const numbers = inOrder.filter((value) => !Number.isNaN(value));
    for (const [i, value] of numbers.entries()) {
      const below = valueBelow(keyOf(value, flip), true, flip);
      const isLast = i === numbers.length - 1;
      if (isLast) expect(below).toBeNaN();
      else expect(flip === 0 ? below < value && below >= numbers[i + 1] : below > value && below <= numbers[i + 1]).toBe(true); // prettier-ignore
    }
    expect(valueBelow(orderKey(-5, false, flip), false, flip)).toBe(flip === 0 ? -6 : -4);
  });

  it('is Infinity below NaN, which every number is at most', () => {
    expect(valueBelow(keyOf(NaN), true, 0)).toBe(Infinity);
    expect(valueBelow(keyOf(Infinity) + 1, true, 0)).toBe(Infinity);
  });

  it('is NaN where nothing is below: at the least key, and below −Infinity', () => {
    for (const key of [-(2 ** 31), keyOf(-Infinity)]) expect(valueBelow(key, true, 0)).toBeNaN();
    expect(valueBelow(-(2 ** 31), true, -1)).toBeNaN();
  });
});
