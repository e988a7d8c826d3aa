import fc from 'fast-check';
import { kinkNearby } from '../../../src/verify/differences/kinkNearby.ts';

const steps = Array.from({ length: 17 }, (_, halvings) => 0.05 / 2 ** halvings);
const find = (valueAt: (t: number) => number, noise: number) =>
  kinkNearby({ valueAt, lengthOf: (t) => t, noise }, steps, { atol: undefined, rtol: 1e-3 });

describe('kinkNearby', () => {
  it('finds a kink that rounding leaves no smaller steps to pass by, with the slopes on both sides', () => {
    const kinked = (t: number) => Math.max(t - 1e-3, 0);
    const found = find(kinked, 3e-5); // 8 √6 of it over the step 1e-3 are 0.6
    expect(found?.slopes[0]).toBeCloseTo(0, 9);
    expect(found?.slopes[1]).toBeGreaterThan(0.9);
    expect(found?.step).toBeGreaterThan(1e-3);
  });

  it('is null where smaller steps pass by', () => {
    const exponent = fc.double({ min: -4, max: -2, noNaN: true });
    fc.assert(
      fc.property(exponent, (exponent) => {
        expect(find((t) => Math.max(t - 10 ** exponent, 0) + t, 1e-9)).toBeNull();
      }),
    );
  });

  it('is null where f is smooth, however curved', () => {
    for (const f of [Math.sin, Math.exp, (t: number) => 5 * t * t, (t: number) => 1e3 * t * t]) {
      for (const noise of [0, 1e-9, 1e-5]) expect(find(f, noise)).toBeNull();
    }
  });
});

describe('kinkNearby, at steps of 8 to 1,', () => {
  const find = (valueAt: (t: number) => number, { noise = 0, atol = 0, steps = [8, 4, 2, 1] }) =>
    kinkNearby({ valueAt, lengthOf: (t) => t, noise }, steps, { atol, rtol: 0 });

  it('has the slopes to points at eight times the smallest step that shows it, and asks for that step', () => {
    // The gap is 0.5 at the step 1, where the rounding is 0.2, and at 0.5 that is 0.4.
    const kinked = (t: number) => t + Math.max(0, t - 0.5);
    const noise = 0.2 / (8 * Math.sqrt(6));
    expect(find(kinked, { noise })).toEqual({ slopes: [1, 1 + 7.5 / 8], step: 1 });
    expect(find(kinked, { noise, steps: [4, 2, 1] })).toBeNull();
  });

  it('asks for a gap above what is visible, and below twice what is at the next step', () => {
    // The gap is 2, and 2 atol is visible.
    const found = { slopes: [-1, 1], step: 1 };
    const of = (atol: number) => find(Math.abs, { atol });
    expect([1, 0.999, 0.501, 0.5].map(of)).toEqual([null, found, found, null]);
  });

  it('asks for a gap of 0.4 times that at the larger step, at least', () => {
    // There the gap is 2 + k.
    const curved = (k: number) => (t: number) => Math.abs(t) + k * Math.max(0, Math.abs(t) - 4);
    expect(find(curved(3), { atol: 0.75 })).toEqual({ slopes: [-2.5, 2.5], step: 1 });
    expect(find(curved(3.01), { atol: 0.75 })).toBeNull();
  });
});
