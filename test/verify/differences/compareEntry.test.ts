import { centralDifference } from '../../../src/verify/differences/centralDifference.ts';
import { compareEntry } from '../../../src/verify/differences/compareEntry.ts';

/** Compares a slope with differences of f at x; their steps are far above float32's, so that only f decides. */
const compare = (
  f: (x: number) => number,
  x: number,
  slope: number,
  h: number,
  noise = 1e-7,
  tolerances: { atol: number | undefined; rtol: number } = { atol: undefined, rtol: 1e-3 },
) => {
  const steps = Array.from({ length: 11 }, (_, halvings) => h / 2 ** halvings);
  const differenceAt = (h: number) =>
    centralDifference(
      (t) => Float32Array.of(f(Math.fround(Math.fround(x) + t))),
      Float32Array.of(x),
      { index: 0 },
      h,
    );
  const row = Float32Array.of(slope);
  const found = compareEntry({ index: 0 }, row, steps, differenceAt, noise, tolerances);
  return { ...found, halvings: Math.round(Math.log2(h / found.step)) };
};

describe('compareEntry', () => {
  it('takes the first difference if it agrees', () => {
    const found = compare((x) => x * x, 3, 6, 0.25);
    expect(found).toMatchObject({ analytic: 6, numeric: 6, error: 0, step: 0.25, halvings: 0 });
    expect(found.rounding).toBeCloseTo((Math.SQRT2 * 1e-7) / 0.5, 12);
    expect(found.absolute).toBeCloseTo(8 * found.rounding, 12);
    expect(found.tolerance).toBeCloseTo(found.absolute + 6e-3, 12);
  });

  it('extrapolates two steps, which leaves no error for a cubic', () => {
    const found = compare((x) => x ** 3, 0.5, 0.75, 0.125);
    expect(found.error).toBeLessThan(1e-6);
    expect(found.halvings).toBe(3); // until then D changes by more than rounding explains
    expect(found.rounding).toBeCloseTo((1.34 * Math.SQRT2 * 1e-7) / (2 * 0.015625), 12);
  });

  it('halves until two steps agree, where f oscillates, is NaN or has a kink within the step', () => {
    expect(compare(Math.sin, 0.5, Math.cos(0.5), 24).error).toBeLessThan(1e-3);
    expect(compare(Math.log, 0.01, 100, 0.3).error).toBeLessThan(0.1);
    const kinked = (x: number) => x + Math.max(0, x - 1.01);
    expect(compare(kinked, 1, 1, 0.3).error).toBeLessThan(1e-4);
  });

  it('still finds a fault', () => {
    for (const [f, x, slope, h] of [
      [(x: number) => x ** 3, 0.5, 0.76, 0.125],
      [Math.sin, 0.5, -Math.cos(0.5), 24],
      [Math.log, 0.01, 102, 0.3],
    ] as [(x: number) => number, number, number, number][]) {
      const { error, tolerance } = compare(f, x, slope, h);
      expect(error).toBeGreaterThan(tolerance);
    }
    const kink = compare((x) => Math.max(0, x - 1), 1, 1, 0.3);
    expect(kink.numeric).toBeCloseTo(0.5, 6);
    expect(kink.halvings).toBe(1);
  });

  it('does not pass a pair of steps whose error is small by chance: the pair that agrees best decides', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
    const noisy = (x: number) => x + 1e-3 * random(); // 10 000 times the noise that it is told
    const { error, tolerance } = compare(noisy, 1, 1.5, 0.25, 1e-8);
    expect(error).toBeGreaterThan(0.3);
    expect(error).toBeGreaterThan(tolerance);
  });

  it('counts an agreement only if a step of a sixteenth agrees too', () => {
    const bump = (x: number) => x * x + 50 * Math.exp(-((x - 3) ** 2) * 1e4);
    const slopeOfBump = -2e4 * 0.007 * 50 * Math.exp(-0.49);
    const wrong = compare(bump, 3.007, 6.014, 0.125);
    expect(wrong.error).toBeGreaterThan(wrong.tolerance);
    expect(wrong.error).toBeCloseTo(-slopeOfBump, -2);
    const right = compare(bump, 3.007, 6.014 + slopeOfBump, 0.125);
    expect(right.error).toBeLessThan(right.tolerance);
    expect(right.isSettled).toBe(true);
  });

  it('calls no right slope wrong where two differences agree by chance, with errors of opposite trend', () => {
    // The third of [x, 100.79, 100.21], normalised: D(0.2575) and D(0.12875) differ by 0.0013, the slope by 0.003.
    const normalised = (x: number) => {
      const all = [x, 100.79350824, 100.20828746];
      const mean = all.reduce((sum, entry) => sum + entry) / 3;
      const variance = all.reduce((sum, entry) => sum + (entry - mean) ** 2, 0) / 3;
      return (all[2] - mean) / Math.sqrt(variance);
    };
    const inDouble = (slope: number) => {
      const x = 100.01901837;
      const steps = Array.from({ length: 12 }, (_, halvings) => 4.12 / 2 ** halvings);
      const differenceAt = (h: number) => {
        const slopes = Float64Array.of((normalised(x + h) - normalised(x - h)) / (2 * h));
        return { along: { index: 0 }, slopes, width: 2 * h };
      };
      const tolerances = { atol: undefined, rtol: 1e-3 };
      const row = Float32Array.of(slope);
      return compareEntry({ index: 0 }, row, steps, differenceAt, 1.36e-5, tolerances);
    };
    const right = inDouble(-1.405577);
    expect(right.error).toBeLessThan(right.tolerance);
    const wrong = inDouble(-1.405577 * 1.01);
    expect(wrong.error).toBeGreaterThan(wrong.tolerance);
  });

  it('begins with larger steps if rounding blurs the slope, but does not hide it', () => {
    const steps = [1, 0.5, 0.25, 0.125, 0.0625, 0.03125];
    const stepFor = (noise: number) => {
      const differenceAt = (h: number) => ({
        along: { index: 0 },
        slopes: Float64Array.of(1),
        width: 2 * h,
      });
      const further = { larger: [16, 8, 4, 2], fine: Infinity };
      const tolerances = { atol: undefined, rtol: 1e-3 };
      const row = Float32Array.of(1);
      return compareEntry({ index: 0 }, row, steps, differenceAt, noise, tolerances, further).step;
    };
    expect([1e-5, 1e-3, 0.1, 10].map(stepFor)).toEqual([1, 16, 16, 1]);
  });

  describe('where no two steps agree', () => {
    const decide = (slopes: number[]) => {
      const steps = slopes.map((_, halvings) => 2 ** -halvings);
      const differenceAt = (h: number) => ({
        along: { index: 0 },
        slopes: Float64Array.of(slopes[steps.indexOf(h)]),
        width: 2 * h,
      });
      const exact = { atol: 0, rtol: 1e-6 };
      return compareEntry({ index: 0 }, Float32Array.of(1), steps, differenceAt, 0, exact);
    };

    it('takes the pair that comes closest', () => {
      const { numeric, step } = decide([5, 3, 2.9, 4, 5]);
      expect(numeric).toBeCloseTo((4 * 2.9 - 3) / 3, 12);
      expect(step).toBe(1 / 4);
    });

    it('takes the first if float32 has no smaller step', () => {
      expect(decide([5])).toMatchObject({ numeric: 5, step: 1 });
    });
  });

  it('uses atol instead of what rounding allows', () => {
    const found = compare((x) => x * x, 3, 6.5, 0.25, 1e-7, { atol: 0.25, rtol: 0.1 });
    expect(found.absolute).toBe(0.25);
    expect(found.tolerance).toBeCloseTo(0.9, 12);
    expect(found.halvings).toBe(0);
  });
});
