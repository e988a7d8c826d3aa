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
    expect(furthest).toBeGreaterThan(0.25 / 3); // or three times as far would be within the limit
    expect(jumpAlong(f, SMALLEST, 20)).toBe(1);
  });
});

describe('jumpAlong, from values at −8, −7, …, 7,', () => {
  const heightOf = (f: (t: number) => number) => jumpAlong(f, 1 / 8.7211, 8.5);
  /** The sum of steps at several places. */
  const stairs = (t: number, heights: [place: number, height: number][]) =>
    heights.reduce((sum, [place, height]) => sum + (t > place ? height : 0), 0);

  it.each([
    [10, -0.3, 1],
    [10, -0.8, 1],
    [10, -0.3, -1],
    [10, -0.8, -1],
    [-10, -4.3, 1],
    [-10, -4.8, 1],
    [-10, 5.2, -1],
    [-10, 5.8, -1],
  ])('tells jumps from a slope: %p, beside a jump at %p by %p', (slope, place, height) => {
    const f = (t: number) =>
      slope * t +
      stairs(t, [
        [place, height],
        [6.6, height],
      ]);
    expect(heightOf(f)).toBe(1);
  });

  it('is 0 if no other jump is more than half as high', () => {
    const beside = (height: number) => (t: number) =>
      stairs(t, [
        [-0.3, 1],
        [2.4, height],
      ]);
    expect([0.5, -0.5, 0.51, -0.51].map((height) => heightOf(beside(height)))).toEqual([
      0, 0, 1, 1,
    ]);
  });

  it('is 0 unless the jumps are more than four times as high as half of the changes', () => {
    // Of 15 changes five are −1, five 0 and five 1, but two of these are higher: the median is 0, of magnitudes 1.
    const withTwo = (height: number) => (t: number) =>
      stairs(
        t,
        Array.from({ length: 15 }, (_, i) => [i - 7.6, i === 5 || i === 8 ? height : (i % 3) - 1]),
      );
    expect([4, 4.25].map((height) => heightOf(withTwo(height)))).toEqual([0, 4.25]);
  });

  it('is 0 if the jumps are no more than float32 rounds the largest value by, a few times', () => {
    // The largest value is 8 times the slope, and 2⁻²¹ of it counts.
    const beside = (slope: number) => (t: number) =>
      slope * t +
      stairs(t, [
        [-0.3, 1],
        [2.4, 1],
      ]);
    expect([2 ** 17, 2 ** 19].map((slope) => heightOf(beside(slope)))).toEqual([1, 0]);
  });

  it('takes a ramp for a jump if it is shorter than the smallest interval', () => {
    // The interval from 4 to 5 is halved until it is shorter than `smallest`: 4.25 to 4.3125.
    const ramps = (width: number) => (t: number) =>
      [4.3, 6.3].reduce(
        (sum, place) => sum + Math.min(1, Math.max(0, (t - place) / width + 0.5)),
        0,
      );
    expect(heightOf(ramps(0.01))).toBe(1);
    expect(heightOf(ramps(0.5))).toBe(0);
  });
});
