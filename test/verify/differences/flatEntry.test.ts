import { flatStep, isLocal } from '../../../src/verify/differences/flatEntry.ts';

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

describe('isLocal', () => {
  const settled = { analytic: 1, numeric: 1, error: 0, tolerance: 0.001, isSettled: true };
  const rest = {
    step: 1,
    absolute: 0,
    rounding: 0,
    isFlat: false,
    kink: null,
    isKinkNearby: false,
    jump: null,
    secant: 0,
  };
  const isLocalTo = (valueAt: (t: number) => number, changes: object = {}) =>
    isLocal({ ...settled, ...rest, ...changes }, { valueAt, lengthOf: (t) => t, noise: 0 }, steps);

  it('is whether the smallest step that shows the slope is in line with it', () => {
    expect(isLocalTo((t) => 3 + t)).toBe(true);
    expect(isLocalTo((t) => 3 + 1.2 * t)).toBe(true);
    expect(isLocalTo((t) => 3 + 1.3 * t)).toBe(false);
    expect(isLocalTo((t) => Math.floor(3.5 + t))).toBe(false);
    expect(isLocalTo((t) => 3 - t)).toBe(false);
  });

  it('is false where the entry does not agree, or would not show a fault of 1 %', () => {
    expect(isLocalTo((t) => 3 + t, { error: 0.002 })).toBe(false);
    expect(isLocalTo((t) => 3 + t, { isSettled: false })).toBe(false);
    expect(isLocalTo((t) => 3 + t, { tolerance: 0.02 })).toBe(false);
  });

  it('is true where the slope is 0, and no step would show another', () => {
    expect(isLocalTo(() => 3, { analytic: 0, numeric: 0, tolerance: 0 })).toBe(true);
  });
});
