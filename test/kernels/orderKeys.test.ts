import { orderKeys } from '../../src/kernels/orderKeys.ts';

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

describe('orderKeys', () => {
  it('rises strictly with the float32 numbers, NaN last', () => {
    const keys = orderKeys(Float32Array.from(RISING), 'float32', true);
    expect(keys.every((key, i) => i === 0 || key > keys[i - 1])).toBe(true);
  });

  it('falls strictly with them for largest = false', () => {
    const keys = orderKeys(Float32Array.from(RISING), 'float32', false);
    expect(keys.every((key, i) => i === 0 || key < keys[i - 1])).toBe(true);
  });

  it('gives −0 the key of 0, and every NaN one key, whatever its bits', () => {
    const [minusZero, zero] = orderKeys(Float32Array.of(-0, 0), 'float32', true);
    expect(minusZero).toBe(zero);
    const nans = new Float32Array(
      Int32Array.of(0x7fc00000, 0x7f800001, 0xffc00000, 0xff800001).buffer,
    );
    expect(new Set(orderKeys(nans, 'float32', true)).size).toBe(1);
    expect(new Set(orderKeys(nans, 'float32', false)).size).toBe(1);
  });

  it('is the integers themselves, to both ends of int32', () => {
    const ends = Int32Array.of(-(2 ** 31), -1, 0, 2 ** 31 - 1);
    expect(orderKeys(ends, 'int32', true)).toEqual(ends);
    expect(orderKeys(ends, 'int32', false)).toEqual(Int32Array.of(2 ** 31 - 1, 0, -1, -(2 ** 31)));
  });

  it('reads a view of a longer buffer from where it begins, and does not write to it', () => {
    const values = Float32Array.of(9, 1, -1, 9);
    expect(orderKeys(values.subarray(1, 3), 'float32', true)).toEqual(
      orderKeys(Float32Array.of(1, -1), 'float32', true),
    );
    expect(values).toEqual(Float32Array.of(9, 1, -1, 9));
  });
});
