import * as tf from '@tensorflow/tfjs';
import type { EntryComparison } from '../../../src/verify/differences/compareEntry.ts';
import {
  flatEntry,
  flatStep,
  isLocal,
  jumpEntry,
  usesSteps,
} from '../../../src/verify/differences/flatEntry.ts';
import { kernelsOf } from '../../../src/verify/differences/kernelsOf.ts';

const steps = Array.from({ length: 20 }, (_, i) => 2 ** -i);
const sectionOf = (valueAt: (t: number) => number) => ({ valueAt, lengthOf: (t: number) => t, noise: 0 }); // prettier-ignore
/** That of a gradient of 1 that agrees. */
const settled: EntryComparison = {
  analytic: 1,
  numeric: 1,
  step: 1,
  error: 0,
  tolerance: 0.001,
  absolute: 1e-4,
  rounding: 1e-5,
  isSettled: true,
  isFlat: false,
  kink: null,
  isKinkNearby: false,
  jump: null,
  secant: 1,
};

describe('usesSteps', () => {
  const uses = (f: (x: tf.Tensor) => tf.Tensor) =>
    tf.tidy(() => usesSteps(kernelsOf(() => f(tf.tensor1d([2.5, -1]))).kernels));

  it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['tf.round', (x) => x.round()],
    ['tf.floor', (x) => x.floor()],
    ['tf.ceil', (x) => x.ceil()],
    ['a cast to int32', (x) => x.toInt()],
    ['tf.sign', (x) => x.sign()],
    ['tf.step', (x) => x.step()],
    ['tf.floorDiv', (x) => x.floorDiv(2)],
    ['tf.mod', (x) => x.mod(2)],
  ])('is true of a function with %s', (_, f) => {
    expect(uses(f)).toBe(true);
    expect(uses((x) => f(x.exp()).square())).toBe(true);
  });

  it('is false of functions that are continuous', () => {
    expect(uses((x) => x.relu().abs().sum().sqrt().toFloat())).toBe(false);
    expect(uses((x) => x)).toBe(false);
  });
});

describe('flatEntry', () => {
  /** It rises by 8 from step to step, 8 on average, and is 104 here. */
  const stairs = (t: number) => 8 * Math.round(12.6 + t);
  const find = (valueAt: (t: number) => number, changes: Partial<EntryComparison> = {}) => {
    const from4 = steps.map((h) => 4 * h);
    return flatEntry({ ...settled, ...changes }, sectionOf(valueAt), from4);
  };

  it('is an entry with a slope of exactly 0, beside which any gradient is an error', () => {
    const entry = { analytic: -8, numeric: 3, error: 11, kink: [0, 1] as [number, number] };
    const flat = { numeric: 0, error: 8, absolute: 0, tolerance: 0, isFlat: true };
    expect(find(stairs, entry)).toEqual({ ...settled, ...entry, ...flat, step: 2 ** -16 });
  });

  it('takes a step that would show the largest slope: of the gradient, the difference, and across the first step', () => {
    // 16 units of rounding of 104 are 9.9e-5, and 2⁻¹⁶ is 1.5e-5.
    expect(find(stairs, { analytic: 8, numeric: 1 })?.step).toBe(2 ** -16);
    expect(find(stairs, { analytic: 1, numeric: -8 })?.step).toBe(2 ** -16);
    expect(find(stairs, { analytic: 0, numeric: 0 })?.step).toBe(2 ** -16);
    expect(find((t) => -stairs(t), { analytic: 0, numeric: 0 })?.step).toBe(2 ** -16);
    expect(find(stairs, { analytic: 64, numeric: 0 })?.step).toBe(2 ** -17);
  });

  it('is null where f is not constant', () => {
    expect(find((t) => t)).toBeNull();
    expect(find((t) => Math.max(0, t))).toBeNull();
    expect(find(() => 3, { analytic: 0, numeric: 0 })).toBeNull(); // no step would show a slope of 0
  });
});

describe('jumpEntry', () => {
  it('is the entry with the values on both sides of a jump, within the smallest step', () => {
    const found = jumpEntry(settled, sectionOf(Math.sign), steps);
    expect(found).toEqual({ ...settled, step: 2 ** -19, jump: [-1, 1] });
  });

  it('is null where f does not jump', () => {
    expect(jumpEntry(settled, sectionOf(Math.abs), steps)).toBeNull();
  });
});

describe('flatStep', () => {
  const stepOf = (valueAt: (t: number) => number, slope = 1) =>
    flatStep(sectionOf(valueAt), slope, steps);

  it('is a step within which a staircase is constant', () => {
    expect(stepOf((t) => Math.round(100.3 + t))).toBe(2 ** -13); // 16 units of rounding of 100 are 1e-4
    expect(stepOf((t) => Math.floor(t + 0.5))).toBe(2 ** -19);
    expect(stepOf(() => 2)).toBe(2 ** -18); // more than 16 units of rounding of 2, 2⁻¹⁹
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
  const isLocalTo = (valueAt: (t: number) => number, changes: Partial<EntryComparison> = {}) =>
    isLocal({ ...settled, ...changes }, sectionOf(valueAt), steps);

  it('is whether the smallest step that shows the slope is in line with it, to a quarter', () => {
    expect(isLocalTo((t) => 3 + t)).toBe(true);
    expect(isLocalTo((t) => 3 + 1.25 * t)).toBe(true);
    expect(isLocalTo((t) => 3 + 1.3 * t)).toBe(false);
    expect(isLocalTo((t) => Math.floor(3.5 + t))).toBe(false);
    expect(isLocalTo((t) => 3 - t)).toBe(false);
  });

  it('is false where the entry does not agree, or would not show a fault of 1 %', () => {
    expect(isLocalTo((t) => 3 + t, { error: 0.002 })).toBe(false);
    expect(isLocalTo((t) => 3 + t, { isSettled: false })).toBe(false);
    expect(isLocalTo((t) => 3 + t, { tolerance: 0.01 })).toBe(true);
    expect(isLocalTo((t) => 3 + t, { tolerance: 0.02 })).toBe(false);
    const ten = { analytic: 10, numeric: 10 };
    expect(isLocalTo((t) => 3 + 10 * t, { ...ten, tolerance: 0.05 })).toBe(true);
    expect(isLocalTo((t) => 3 + 10 * t, { ...ten, tolerance: 0.2 })).toBe(false);
  });

  it('is true where no step would show the slope', () => {
    expect(isLocalTo(() => 1e7)).toBe(true);
  });

  it('is whether f is the same at every step, on both sides, where the slope is 0', () => {
    const zero = { analytic: 0, numeric: 0, tolerance: 0 };
    expect(isLocalTo(() => 3, zero)).toBe(true);
    expect(isLocalTo((t) => (t > 0.5 ? 4 : 3), zero)).toBe(false);
    expect(isLocalTo((t) => (t < -0.5 ? 4 : 3), zero)).toBe(false);
  });

  it('takes for the slope the larger of the gradient and the difference', () => {
    const changes = { analytic: 0, numeric: 0.001, error: 0.001 }; // as large as the tolerance
    expect(isLocalTo(() => 3, changes)).toBe(false);
  });
});
