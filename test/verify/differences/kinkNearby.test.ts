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
