import fc from 'fast-check';
import { jumpAcross } from '../../../src/verify/differences/jumpAcross.ts';

const steps = Array.from({ length: 16 }, (_, halvings) => 0.05 / 2 ** halvings);
const jumpOf = (valueAt: (t: number) => number, noise = 0) =>
  jumpAcross({ valueAt, lengthOf: (t) => t, noise }, steps);

describe('jumpAcross', () => {
  it('is the values on both sides, whatever the slopes there and the value at the point', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(number, number, number, number, number), ([a, b, c, below, above]) => {
        fc.pre(Math.abs(c - a) > 0.01);
        const found = jumpOf((t) => (t === 0 ? b : t < 0 ? a + below * t : c + above * t));
        expect(found?.[0]).toBeCloseTo(a, 4);
        expect(found?.[1]).toBeCloseTo(c, 4);
      }),
    );
  });

  it('is null where the function is continuous: smooth, at a kink, and where its slope is infinite', () => {
    const slope = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(slope, slope, slope, (below, above, curvature) => {
        expect(jumpOf((t) => (t < 0 ? below : above) * t + curvature * t * t)).toBeNull();
      }),
    );
    for (const f of [Math.exp, Math.cbrt, (t: number) => Math.sign(t) * Math.sqrt(Math.abs(t))]) {
      expect(jumpOf(f)).toBeNull();
    }
  });

  it('is null at a jump away from the point, and at a single value that differs', () => {
    expect(jumpOf((t) => Number(t > 1e-4))).toBeNull();
    expect(jumpOf((t) => Number(t === 0))).toBeNull();
  });

  it('is null where the noise explains it, or the rounding of the values', () => {
    const step = (t: number) => Number(t > 0);
    expect(jumpOf(step, 0.08)).toEqual([0, 1]);
    expect(jumpOf(step, 0.1)).toBeNull();
    expect(jumpOf((t) => 2 ** 21 + Number(t > 0))).toBeNull();
    expect(jumpOf((t) => 2 ** 19 + Number(t > 0))).toEqual([2 ** 19, 2 ** 19 + 1]);
    expect(jumpOf((t) => -(2 ** 21) + Number(t > 0))).toBeNull();
  });

  it('is null where there are fewer than five steps', () => {
    const section = { valueAt: Math.sign, lengthOf: (t: number) => t, noise: 0 };
    expect(jumpAcross(section, steps.slice(0, 5))).toEqual([-1, 1]);
    expect(jumpAcross(section, steps.slice(0, 4))).toBeNull();
  });
});
