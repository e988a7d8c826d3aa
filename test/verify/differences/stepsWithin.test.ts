import fc from 'fast-check';
import { largerSteps, stepsWithin } from '../../../src/verify/differences/stepsWithin.ts';

describe('stepsWithin', () => {
  it('starts with ⁵√2⁻²³ times the scale, or with eps', () => {
    expect(stepsWithin(Infinity, 10, undefined, 'x')[0]).toBeCloseTo(0.412346, 5);
    expect(stepsWithin(Infinity, 10, 0.5, 'x')[0]).toBe(0.5);
  });

  it('starts with at most half the margin', () => {
    expect(stepsWithin(0.01, 10, undefined, 'x')[0]).toBe(0.005);
    expect(stepsWithin(0.01, 10, 0.005, 'x')[0]).toBe(0.005);
    expect(stepsWithin(0.01, 10, 0.0051, 'x')[0]).toBe(0.005);
    expect(stepsWithin(0.01, 10, 0.004, 'x')[0]).toBe(0.004);
  });

  it('halves down to 2⁻²¹ times the scale', () => {
    expect(stepsWithin(Infinity, 2, 2 ** -17.5, 'x')).toEqual([2 ** -17.5, 2 ** -18.5, 2 ** -19.5]);
    expect(stepsWithin(Infinity, 2, 2 ** -18, 'x')).toEqual([2 ** -18, 2 ** -19, 2 ** -20]);
  });

  it('refuses a margin below twice 2⁻¹⁶ times the scale', () => {
    expect(stepsWithin(2 ** -15, 1, undefined, 'x')[0]).toBe(2 ** -16);
    expect(() => stepsWithin(2 ** -15 * 0.999, 1, undefined, 'x')).toThrow(
      'margin must be at least 0.000031 for x, got 0.000030487',
    );
    expect(stepsWithin(2 ** -12, 8, undefined, 'x')[0]).toBe(2 ** -13);
    expect(() => stepsWithin(2 ** -12 * 0.999, 8, undefined, 'x')).toThrow(
      'margin must be at least 0.00024 for x, got 0.000243',
    );
    // An eps that small needs no larger margin.
    expect(stepsWithin(2 ** -17, 1, 2 ** -18, 'x')[0]).toBe(2 ** -18);
  });

  it('refuses an eps below 2⁻²¹ times the scale', () => {
    expect(stepsWithin(Infinity, 2, 2 ** -20, 'x')).toEqual([2 ** -20]);
    expect(() => stepsWithin(Infinity, 2, 2 ** -20.1, 'x')).toThrow(
      'eps must be at least 9.5e-7 for x, got 8.898',
    );
  });
});

describe('stepsWithin, near 0,', () => {
  it('has no step below four times the spacing of float32 numbers', () => {
    const numbers = fc.integer({ min: -149, max: -100 }).map((exponent) => 2 ** exponent);
    fc.assert(
      fc.property(numbers, numbers, (scale, magnitude) => {
        fc.pre(magnitude <= scale && scale > 100 * 2 ** -147);
        const steps = stepsWithin(Infinity, scale, undefined, 'x', magnitude);
        expect(steps[steps.length - 1]).toBeGreaterThanOrEqual(2 ** -147);
        for (const h of steps) expect(Math.fround(magnitude + h)).toBeGreaterThan(magnitude);
      }),
    );
  });

  it('refuses a scale that leaves no default step, and an eps below that', () => {
    expect(() => stepsWithin(Infinity, 2 ** -149, undefined, 'x')).toThrow(
      'x must be 0 or at least 1.4e-43 in magnitude, got 1.4e-45: the spacing of float32 numbers is no ' +
        'smaller there than the default step; set eps to at least 5.6e-45',
    );
    expect(() => stepsWithin(Infinity, 2 ** -149, 2 ** -148, 'x')).toThrow(
      'eps must be at least 5.6e-45 for x, got 2.8',
    );
    expect(stepsWithin(Infinity, 2 ** -149, 2 ** -146, 'x')).toEqual([2 ** -146, 2 ** -147]);
  });
});

describe('largerSteps', () => {
  it('are 16, 8, 4 and 2 times the first, and at most half the margin', () => {
    expect(largerSteps(0.5, Infinity)).toEqual([8, 4, 2, 1]);
    expect(largerSteps(0.5, 4)).toEqual([2, 1]);
    expect(largerSteps(0.5, 1)).toEqual([]);
  });
});
