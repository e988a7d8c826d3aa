import * as fc from 'fast-check';
import { binary } from '../../../experiments/exact/binary.ts';

describe('binary', () => {
  it.each([
    [1, 1n, 0],
    [-0.5, -1n, -1],
    [Math.fround(0.1), 13421773n, -27],
    [16777215, 16777215n, 0],
    [12, 3n, 2],
    [2 ** -149, 1n, -149],
    [-3 * 2 ** -149, -3n, -149],
    [2 ** -126, 1n, -126],
    [Math.fround(3.4028234663852886e38), 16777215n, 104],
    [0, 0n, 0],
    [-0, 0n, 0],
  ])('reads %p', (number, digits, exponent) => {
    expect(binary.read(number)).toEqual({ digits, exponent });
  });

  it('reads every float32 as an odd integer times a power of two', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const { digits, exponent } = binary.read(number);
        expect(Number(digits) * 2 ** exponent).toBe(number + 0); // −0 becomes 0
        expect(number === 0 || digits % 2n !== 0n).toBe(true);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
