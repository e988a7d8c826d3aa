import { keyToFloat, orderKey } from '../../../src/kernels/select/orderKey.ts';

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

describe('floatAt', () => {
  it('is the number that has the key', () => {
    const numbers = RISING.filter((value) => !Number.isNaN(value));
    expect(numbers.map((value) => keyToFloat(keyOf(value)))).toEqual(numbers);
    expect(keyToFloat(keyOf(-0))).toBe(0);
  });

  it('is the next number for the next key', () => {
    expect(keyToFloat(keyOf(1) + 1)).toBe(1 + 2 ** -23);
    expect(keyToFloat(keyOf(0) - 1)).toBe(-(2 ** -149));
    expect(keyToFloat(keyOf(Infinity) - 1)).toBe(MAX);
  });

  it('is Infinity for the keys beyond, as that of NaN, and NaN for those below −Infinity', () => {
    expect(keyToFloat(keyOf(Infinity) + 1)).toBe(Infinity);
    expect(keyToFloat(keyOf(NaN))).toBe(Infinity);
    for (const key of [keyOf(-Infinity) - 1, -(2 ** 31), -(2 ** 31) - 1]) {
      expect(keyToFloat(key)).toBeNaN();
    }
  });
});
