import fc from 'fast-check';
import { jumpAlong } from '../../../src/verify/differences/jumpAlong.ts';

const [SMALLEST, LIMIT] = [2 ** -20, 2];

describe('jumpAlong', () => {
  it('finds the height of the steps of a staircase, wherever the point and however steep the treads', () => {
    const heights = fc.double({ min: 1e-4, max: 0.1, noNaN: true });
    const offsets = fc.double({ min: -1, max: 1, noNaN: true });
    const treads = fc.double({ min: -0.5, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(heights, offsets, treads, (height, offset, tread) => {
        const stairs = (t: number) => height * Math.round((t + offset) / height) + tread * t;
        expect(jumpAlong(stairs, SMALLEST, LIMIT) / height).toBeCloseTo(1, 1);
      }),
    );
  });

  it('is 0 for a function without jumps, even at a kink or in a narrow feature', () => {
    const functions: ((t: number) => number)[] = [
      (t) => t,
      (t) => 3 * t * t - 1,
      () => 7,
      (t) => Math.max(0, t - 1e-3),
      (t) => Math.sin(300 * t + 0.3),
      (t) => Math.exp(-((1e4 * t - 1) ** 2)),
    ];
    expect(functions.map((f) => jumpAlong(f, SMALLEST, LIMIT))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('is 0 for a single jump, which is not rounding, and for values that are not finite', () => {
    expect(jumpAlong((t) => Number(t > 0.01), SMALLEST, LIMIT)).toBe(0);
    expect(jumpAlong((t) => Math.log(t - 1e-4), SMALLEST, LIMIT)).toBe(0);
  });

  it('looks no further than the limit', () => {
    let furthest = 0;
    const f = (t: number) => {
      furthest = Math.max(furthest, Math.abs(t));
      return Math.round(t + 0.2);
    };
    expect(jumpAlong(f, SMALLEST, 0.25)).toBe(0);
    expect(furthest).toBeLessThan(0.25);
    expect(jumpAlong(f, SMALLEST, 20)).toBe(1);
  });
});
