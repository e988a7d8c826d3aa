import { flatStep } from '../../../src/verify/differences/flatEntry.ts';

const steps = Array.from({ length: 20 }, (_, i) => 2 ** -i);
const stepOf = (valueAt: (t: number) => number, slope = 1) =>
  flatStep({ valueAt, lengthOf: (t) => t, noise: 0 }, slope, steps);

describe('flatStep', () => {
  it('is a step within which a staircase is constant', () => {
    expect(stepOf((t) => Math.round(100.3 + t))).toBe(2 ** -13); // 16 units of rounding of 100 are 1e-4
    expect(stepOf((t) => Math.floor(t + 0.5))).toBe(2 ** -19);
  });

  it('is null where the function moves, on either side', () => {
    expect(stepOf((t) => t)).toBeNull();
    expect(stepOf((t) => Math.max(0, t))).toBeNull();
    expect(stepOf((t) => Math.min(0, t))).toBeNull();
  });

  it('is null where no step would move the value by more than rounding', () => {
    expect(stepOf(() => 1e7)).toBeNull();
    expect(stepOf(() => 1, 1e-7)).toBeNull();
    expect(stepOf(() => 1, 0)).toBeNull();
  });
});
