import { centralDifference } from '../../../src/verify/differences/centralDifference.ts';
import {
  agrees,
  compareEntry,
  isSettled,
  type EntryComparison,
  type FurtherSteps,
} from '../../../src/verify/differences/compareEntry.ts';

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

interface Given {
  gradient?: number;
  noise?: number;
  tolerances?: { atol: number | undefined; rtol: number };
  further?: FurtherSteps;
}

/**
 * Decides between a gradient, of 1, and given differences, at the steps 1, ½, ¼ and so on; at larger ones f is as at 1.
 */
const decide = (slopes: number[], { gradient = 1, noise = 0, ...given }: Given = {}) => {
  const { tolerances = { atol: 0, rtol: 1e-6 }, further } = given;
  const larger = further?.larger ?? [];
  const steps = slopes.map((_, halvings) => 2 ** -halvings);
  const differenceAt = (h: number) => {
    expect([...larger, ...steps]).toContain(h);
    const slope = h > 1 ? slopes[0] : slopes[steps.indexOf(h)];
    return { along: { index: 0 }, slopes: Float64Array.of(slope), width: 2 * h };
  };
  const row = Float32Array.of(gradient);
  return compareEntry({ index: 0 }, row, steps, differenceAt, noise, tolerances, further);
};

describe('compareEntry', () => {
  it('takes the first difference if it agrees', () => {
    const found = compare((x) => x * x, 3, 6, 0.25);
    expect(found).toMatchObject({ analytic: 6, numeric: 6, error: 0, step: 0.25, halvings: 0 });
    const nothingElse = { isFlat: false, kink: null, isKinkNearby: false, jump: null, secant: 0 };
    expect(found).toMatchObject(nothingElse); // others look for these
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

  it('confirms a disagreement by the next two steps, whose extrapolation decides if it agrees', () => {
    // At h = ½ the extrapolation is 1.5, as are D(½) and the last; at ¼ it is (4 D(¼) − 1.5) / 3.
    const next = { numeric: 1, error: 0, step: 1 / 4 };
    expect(decide([1.5, 1.5, 1.125, 1.5])).toMatchObject(next);
    expect(decide([1.5, 1.5, 1.2, 1.5])).toMatchObject({ numeric: 1.5, error: 0.5, step: 1 / 2 });
  });

  it('lets an extrapolation of the last two steps stand, after which there are none', () => {
    // At ½ it is 4 / 3, which is not what the last comes to.
    const found = decide([4, 2, 2]);
    expect(found).toMatchObject({ numeric: 2, step: 1 / 4, isSettled: true });
  });

  describe('with a fine step', () => {
    /** The larger steps agree; that of 2⁻⁶ does not. */
    const differences = [1, 1, 1, 1, 1, 1, 2, 1, 1];
    const stepFor = (fine: number, atol = 0, sign = 1) => {
      const slopes = differences.map((slope) => sign * slope);
      const further = { larger: [], fine };
      return decide(slopes, { gradient: sign, tolerances: { atol, rtol: 0 }, further }).step;
    };

    it('counts an agreement only if the largest step that is no larger than it agrees too', () => {
      // If 2⁻⁶ is asked for, the first step that is not confirmed by it is that of 2⁻³, which 2⁻⁷ confirms.
      expect([1, 2 ** -5, 2 ** -5.5, 2 ** -6].map((fine) => stepFor(fine))).toEqual([1, 1, 1 / 8, 1 / 8]); // prettier-ignore
      expect(stepFor(2 ** -7)).toBe(1);
      expect(stepFor(2 ** -9)).toBe(1); // there is none
    });

    it('asks it only where the tolerance is less than a quarter of the gradient', () => {
      for (const sign of [1, -1]) {
        expect([0.2, 0.25, 0.3].map((atol) => stepFor(2 ** -6, atol, sign))).toEqual([1 / 8, 1, 1]);
      }
    });
  });

  describe('where rounding blurs the slope, but does not hide it', () => {
    // At the first step, 1, the absolute tolerance is 8 √2 / 2 = 5.7 times the noise.
    const stepFor = (noise: number, slope = 1, gradient = slope) => {
      const further = { larger: [16, 8, 4, 2], fine: Infinity };
      const tolerances = { atol: undefined, rtol: 1e-3 };
      return decide(Array<number>(6).fill(slope), { gradient, noise, tolerances, further }).step;
    };

    it('begins with larger steps', () => {
      expect([1e-5, 1e-3, 0.1, 10].map((noise) => stepFor(noise))).toEqual([1, 16, 16, 1]);
    });

    it('compares the tolerances, the absolute and the relative one, which grows with the slope', () => {
      expect(stepFor(1e-3, 100)).toBe(1); // 0.0057 < 100 / 1000
      expect(stepFor(10, 100)).toBe(16);
    });

    it('takes for the slope the larger of the gradient and the difference', () => {
      // The first two steps, 16 and 8, agree with each other, but not with the gradient.
      expect(stepFor(1e-2, 0, 1)).toBe(8);
      expect(stepFor(1e-2, 1, 0)).toBe(8);
    });

    it('begins with the first step if no larger ones are given, or nothing is rounded', () => {
      const blurred = { noise: 0.1, tolerances: { atol: undefined, rtol: 1e-3 } };
      expect(decide([1, 1, 1], blurred).step).toBe(1);
      const further = { larger: [2], fine: Infinity };
      const exact = { atol: undefined, rtol: 0 };
      expect(decide([1, 1, 1], { noise: 0, tolerances: exact, further }).step).toBe(1);
    });
  });

  describe('where no two steps agree', () => {
    it('takes the pair that comes closest, the first of these if there are several', () => {
      const { numeric, step, isSettled } = decide([5, 3, 2.9, 4, 5]);
      expect(numeric).toBeCloseTo((4 * 2.9 - 3) / 3, 12);
      expect(step).toBe(1 / 4);
      expect(isSettled).toBe(false);
      expect(decide([5, 3, 5, 3]).step).toBe(1 / 2);
    });

    it('takes the first if float32 has no smaller step', () => {
      expect(decide([5])).toMatchObject({ numeric: 5, step: 1, isSettled: true });
    });
  });

  it('uses atol instead of what rounding allows', () => {
    const found = compare((x) => x * x, 3, 6.5, 0.25, 1e-7, { atol: 0.25, rtol: 0.1 });
    expect(found.absolute).toBe(0.25);
    expect(found.tolerance).toBeCloseTo(0.9, 12);
    expect(found.halvings).toBe(0);
  });

  describe('at exactly the tolerance', () => {
    const decideWithin = (atol: number, slopes: number[]) =>
      decide(slopes, { tolerances: { atol, rtol: 0 } });

    it('passes an error, also of 0, and confirms it', () => {
      expect(decideWithin(0.25, [1, 1.25])).toMatchObject({ numeric: 1, step: 1 });
      expect(decideWithin(0.25, [1.25, 1])).toMatchObject({ numeric: 1.25, step: 1 });
      expect(decideWithin(0, [1, 1])).toMatchObject({ numeric: 1, step: 1, tolerance: 0 });
    });

    it('takes two steps for the same', () => {
      // The extrapolation from 2 and 1.75 is 5 / 3, which the last step is near to; from 1.75 twice it would be 1.75.
      const found = decideWithin(0.25, [2, 1.75, 1.75]);
      expect(found.numeric).toBeCloseTo(5 / 3, 12);
      expect(found.step).toBe(1 / 2);
    });

    it('lets the next two steps decide', () => {
      // (4 · 1.3125 − 1.5) / 3 = 1.25
      const found = decideWithin(0.25, [1.5, 1.5, 1.3125, 1.5]);
      expect(found).toMatchObject({ numeric: 1.25, error: 0.25, step: 1 / 4 });
    });
  });
});

describe('an entry', () => {
  const entry = (error: number, isSettled: boolean) =>
    ({ error, tolerance: 0.25, isSettled }) as EntryComparison;

  it('agrees up to the tolerance', () => {
    expect([0, 0.25, 0.5, NaN].map((error) => agrees(entry(error, true)))).toEqual([true, true, false, false]); // prettier-ignore
    expect(agrees(entry(0.25, false))).toBe(true);
  });

  it('is settled if it agrees, and does at smaller steps as well', () => {
    expect(isSettled(entry(0.25, true))).toBe(true);
    expect(isSettled(entry(0.25, false))).toBe(false);
    expect(isSettled(entry(0.5, true))).toBe(false);
  });
});
