import { stepWithin } from '../../../src/verify/differences/stepWithin.ts';

describe('stepWithin', () => {
  it('is by default ⁵√2⁻²³ of the size, or eps', () => {
    expect(stepWithin(Infinity, 10, undefined, 'x')).toBeCloseTo(0.412346, 5);
    expect(stepWithin(Infinity, 10, 0.5, 'x')).toBe(0.5);
  });

  it('is at most half of the margin', () => {
    expect(stepWithin(0.01, 10, undefined, 'x')).toBe(0.005);
    expect(stepWithin(0.01, 10, 0.005, 'x')).toBe(0.005);
    expect(stepWithin(0.01, 10, 0.0051, 'x')).toBe(0.005);
    expect(stepWithin(0.01, 10, 0.004, 'x')).toBe(0.004);
  });

  it('refuses a margin below twice 2⁻¹⁶ of the size', () => {
    expect(stepWithin(2 ** -15, 1, undefined, 'x')).toBe(2 ** -16);
    expect(() => stepWithin(2 ** -15 * 0.999, 1, undefined, 'x')).toThrow(
      'margin must be at least 0.000031 for x, got 0.000030487',
    );
    expect(stepWithin(2 ** -12, 8, undefined, 'x')).toBe(2 ** -13);
    expect(() => stepWithin(2 ** -12 * 0.999, 8, undefined, 'x')).toThrow(
      'margin must be at least 0.00024 for x, got 0.000243',
    );
    // A small step of one's own needs no more room than itself.
    expect(stepWithin(2 ** -17, 1, 2 ** -18, 'x')).toBe(2 ** -18);
  });

  it('refuses an eps below 2⁻²¹ of the size', () => {
    expect(stepWithin(Infinity, 2, 2 ** -20, 'x')).toBe(2 ** -20);
    expect(() => stepWithin(Infinity, 2, 2 ** -20.1, 'x')).toThrow(
      'eps must be at least 9.5e-7 for x, got 8.898',
    );
  });
});
