import fc from 'fast-check';
import { oneSidedSlopes, stepsForGap } from '../../../src/verify/differences/oneSidedSlopes.ts';

const steps = Array.from({ length: 17 }, (_, halvings) => 0.05 / 2 ** halvings);
const tolerances = { atol: undefined, rtol: 1e-3 };
const slopesOf = (valueAt: (t: number) => number, noise = 1e-9) =>
  oneSidedSlopes({ valueAt, lengthOf: (t) => t, noise }, steps, tolerances);

describe('oneSidedSlopes', () => {
  it('finds both slopes of a kink, whatever the curvature beside it', () => {
    const slope = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(slope, slope, slope, (below, above, curvature) => {
        fc.pre(Math.abs(above - below) > 0.5);
        const found = slopesOf((t) => (t < 0 ? below : above) * t + curvature * t * t);
        const error = Math.abs(curvature) * (found?.step ?? Infinity) + 1e-6;
        expect(Math.abs((found?.slopes[0] ?? NaN) - below)).toBeLessThanOrEqual(error);
        expect(Math.abs((found?.slopes[1] ?? NaN) - above)).toBeLessThanOrEqual(error);
      }),
    );
  });

  it('finds a kink under a curvature that changes the slope by a hundred times as much within the first step', () => {
    const curvature = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(curvature, fc.constantFrom(-1, 1), (curvature, sign) => {
        const found = slopesOf((t) => sign * Math.abs(t) + curvature * t * t);
        expect(found?.slopes[0]).toBeCloseTo(-sign, 3);
        expect(found?.slopes[1]).toBeCloseTo(sign, 3);
      }),
    );
  });

  it('is null at a kink that smaller steps do not reach, however near', () => {
    const distance = fc.double({ min: 1e-5, max: 0.05, noNaN: true });
    fc.assert(
      fc.property(distance, fc.boolean(), (distance, isAbove) => {
        const at = isAbove ? distance : -distance;
        expect(slopesOf((t) => Math.abs(t - at))).toBeNull();
      }),
    );
  });

  it('is null where the gap is within the tolerances', () => {
    const kinked = (t: number) => t + 0.1 * Math.abs(t);
    const within = (atol: number, rtol: number) =>
      oneSidedSlopes({ valueAt: kinked, lengthOf: (t) => t, noise: 0 }, steps, { atol, rtol });
    expect(within(0.099, 0)?.slopes).toBeCloseToTensor([0.9, 1.1], 1e-6);
    expect(within(0.101, 0)).toBeNull();
    expect(within(0, 0.17)?.step).toBe(steps[16]);
    expect(within(0, 0.19)).toBeNull();
  });

  it('takes the slopes at the largest steps that reach no other kink, where rounding does least', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
    const noise = 1e-6;
    const valueAt = (t: number) => {
      const rounding = t === 0 ? 0 : noise * Math.sqrt(12) * random();
      return Math.abs(t) + 4 * Math.max(0, t - 0.01) + 3 * Math.max(0, -0.02 - t) + rounding;
    };
    for (let i = 0; i < 20; i++) {
      const [below, above] = slopesOf(valueAt, noise)?.slopes ?? [NaN, NaN];
      expect(Math.abs(below + 1)).toBeLessThan((8 * Math.sqrt(6) * noise) / 0.0125);
      expect(Math.abs(above - 1)).toBeLessThan((8 * Math.sqrt(6) * noise) / 0.00625);
    }
  });

  it('finds a kink that is closer than the smallest step', () => {
    expect(slopesOf((t) => Math.abs(t - 1e-7))?.slopes).toBeCloseToTensor([-1, 1], 1e-3);
  });

  it('is null where f is smooth, also if it is curved', () => {
    const smooth = [Math.sin, Math.exp, (t: number) => 5 * t * t, (t: number) => t ** 3 - t];
    expect(smooth.map((f) => slopesOf(f))).toEqual([null, null, null, null]);
  });

  it('is null where there are fewer than five steps', () => {
    const section = { valueAt: Math.abs, lengthOf: (t: number) => t, noise: 0 };
    expect(oneSidedSlopes(section, steps.slice(0, 5), tolerances)?.step).toBe(steps[4]);
    expect(oneSidedSlopes(section, steps.slice(0, 4), tolerances)).toBeNull();
    expect(stepsForGap(section, steps.slice(0, 4), tolerances)).toEqual([]);
  });

  it('is null at a jump, and where rounding hides the gap', () => {
    expect(slopesOf((t) => Number(t > 0))).toBeNull();
    expect(slopesOf(Math.abs, 0.1)).toBeNull();
  });
});

describe('stepsForGap', () => {
  const stepsOf = (valueAt: (t: number) => number, noise: number) => {
    const lengthOf = (t: number) => t;
    return stepsForGap({ valueAt, lengthOf, noise }, steps, tolerances);
  };

  it('ends where rounding would hide the gap', () => {
    expect(stepsOf(Math.abs, 0)).toEqual(steps);
    const noise = 1e-5; // 8 √6 of it are 2e-4, and the gap is 2
    const finest = stepsOf(Math.abs, noise).at(-1) ?? NaN;
    expect((8 * Math.sqrt(6) * noise) / finest).toBeLessThan(2);
    expect((8 * Math.sqrt(6) * noise) / (finest / 2)).toBeGreaterThan(1.8);
    expect(stepsOf(Math.abs, 0.1)).toEqual([]);
  });

  it('has none where f is smooth: two evaluations more at most', () => {
    const counted = (f: (t: number) => number) => {
      const at = new Set<number>();
      const found = stepsOf((t) => {
        at.add(t);
        return f(t);
      }, 1e-9);
      return { found, evaluations: at.size };
    };
    for (const f of [Math.sin, Math.exp, (t: number) => 5 * t * t, (t: number) => t ** 3 - t]) {
      expect(counted(f)).toEqual({ found: [], evaluations: 5 });
    }
  });
});
