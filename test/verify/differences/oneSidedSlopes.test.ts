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
    // The gap is 0.2. rtol is relative to the larger slope, ±1.1, on whichever side that is.
    for (const sign of [-1, 1]) {
      const valueAt = (t: number) => sign * t + 0.1 * Math.abs(t);
      const within = (atol: number, rtol: number) =>
        oneSidedSlopes({ valueAt, lengthOf: (t) => t, noise: 0 }, steps, { atol, rtol });
      expect(within(0.099, 0)?.slopes).toBeCloseToTensor([sign - 0.1, sign + 0.1], 1e-6);
      expect(within(0.101, 0)).toBeNull();
      expect(within(0, 0.17)?.step).toBe(steps[16]);
      expect(within(0, 0.19)).toBeNull();
    }
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

  it('is null where there are fewer than five steps, and does not evaluate f there', () => {
    const section = { valueAt: Math.abs, lengthOf: (t: number) => t, noise: 0 };
    expect(oneSidedSlopes(section, steps.slice(0, 5), tolerances)?.step).toBe(steps[4]);
    const valueAt = (): number => {
      throw new Error('evaluated');
    };
    for (const find of [oneSidedSlopes, stepsForGap]) {
      const found = find({ ...section, valueAt }, steps.slice(0, 4), tolerances);
      expect(found ?? []).toEqual([]);
    }
  });

  it('evaluates f at the point and at the steps on both sides only', () => {
    const at = new Set<number>();
    slopesOf((t) => {
      at.add(t);
      return Math.abs(t);
    });
    expect(at).toEqual(new Set([0, ...steps, ...steps.map((h) => -h)]));
  });

  it('is null at a jump, and where rounding hides the gap', () => {
    expect(slopesOf((t) => Number(t > 0))).toBeNull();
    expect(slopesOf(Math.abs, 0.1)).toBeNull();
  });
});

describe('oneSidedSlopes, of |t| with something added, at steps of 16 to 1,', () => {
  const find = (added: (t: number) => number, { noise = 0, atol = 0, first = 16 } = {}) => {
    const section = { valueAt: (t: number) => Math.abs(t) + added(t), lengthOf: (t: number) => t };
    const dyadic = [32, 16, 8, 4, 2, 1].filter((h) => h <= first);
    return oneSidedSlopes({ ...section, noise }, dyadic, { atol, rtol: 0 });
  };
  /** Of height 1 at ±center, and 0 from a distance of `width` on. */
  const hats = (t: number, center: number, width: number) =>
    Math.max(0, 1 - Math.abs(Math.abs(t) - center) / width);
  const isFound = { slopes: [-1, 1], step: 1 };

  it('asks for more than the tolerance', () => {
    expect(find(() => 0, { atol: 1 - 2 ** -20 })).toEqual(isFound);
    expect(find(() => 0, { atol: 1 })).toBeNull();
  });

  // k max(0, |t| − 12) changes g(16), the gap at the step 16, to 2 + k / 2: then G is
  // (16 · 2 − g(16)) / 15 = 2 − k / 30 at the step 1, and (4 · 2 − g(16)) / 3 = 2 − k / 6 at 4. The ratio is 0.7 for
  // k = −7.2, and 1 / 0.7 for k = 4.19.
  it.each([
    [-7.4, null],
    [-7, isFound],
    [4, isFound],
    [4.4, null],
  ])('asks that the gap is 0.7 to 1 / 0.7 of that at 4 times the step: %p', (k, expected) => {
    expect(find((t) => k * Math.max(0, Math.abs(t) - 12))).toEqual(expected);
  });

  // A hat at ±8 changes g(8) only, by a quarter of its height, and 2 g(4) − g(8) by as much. One at ±2 changes g(2) by
  // its height, and 2 g(2) − g(4) by twice that. Each must be 2 ± 0.6.
  it.each([
    [8, 2, 2.3, true],
    [8, 2, 2.5, false],
    [8, 2, -2.5, false],
    [2, 1, 0.28, true],
    [2, 1, 0.32, false],
    [2, 1, -0.32, false],
  ])(
    'asks that neighbouring steps say the same: beside hats at ±%p, %p to each side, of height %p',
    (center, width, height, isConfirmed) => {
      const found = find((t) => height * hats(t, center, width));
      expect(found?.step ?? null).toBe(isConfirmed ? 1 : null);
    },
  );

  it('is null where the gap is three times what is visible, and missing at the next step', () => {
    const flatWithin = (t: number) => (Math.abs(t) < 1.5 ? -Math.abs(t) : 10 * t);
    // Down to the step 2 the slopes are 10 ± 1, with a gap of 2, and 2 atol is visible.
    expect(find(flatWithin, { first: 32, atol: 0.32 })).toBeNull();
    expect(find(flatWithin, { first: 32, atol: 0.35 })).toEqual({ slopes: [9, 11], step: 2 });
  });

  it('takes the slopes at steps that reach no other kink, also if none shows in the gap', () => {
    const odd = (t: number) => 30 * Math.sign(t) * Math.max(0, Math.abs(t) - 3);
    expect(find(odd)).toEqual(isFound);
  });

  it('extrapolates the slopes to the point, unless rounding may be all that changes them', () => {
    // To t = 16 the slope is 1 + 16 / 128, to t = 8 it is 1 + 8 / 128: a change of 1 / 16.
    const curved = (t: number) => t ** 2 / 128;
    const noise = 1 / (8 * Math.sqrt(6)); // such that 8 √6 of it, over 16, are the same
    expect(find(curved)).toEqual(isFound);
    expect(find(curved, { noise: 0.99 * noise })).toEqual(isFound);
    expect(find(curved, { noise: 1.01 * noise })).toEqual({ slopes: [-1.125, 1.125], step: 1 });
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

  it('has none where the gap is at most a sixteenth of that at the first step, which a curvature adds', () => {
    const dyadic = [16, 8, 4, 2, 1];
    const find = (curvature: number, { noise = 0, atol = 0 } = {}) => {
      const valueAt = (t: number) => Math.abs(t) + curvature * t ** 2;
      return stepsForGap({ valueAt, lengthOf: (t) => t, noise }, dyadic, { atol, rtol: 0 });
    };
    // G is 2 whatever the curvature, and the gap at the first step is 2 + 32 times the curvature.
    expect(find(15 / 16 - 2 ** -10)).toEqual(dyadic);
    expect(find(15 / 16)).toEqual([]);
    // Nor where it is no more than the tolerance, or visible at the first four steps only.
    expect(find(0, { atol: 1 - 2 ** -20 })).toEqual(dyadic);
    expect(find(0, { atol: 1 })).toEqual([]);
    expect(find(0, { noise: 1.99 / (8 * Math.sqrt(6)) })).toEqual(dyadic);
    expect(find(0, { noise: 2.01 / (8 * Math.sqrt(6)) })).toEqual([]);
  });
});
