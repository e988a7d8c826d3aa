import type { EntryComparison } from '../../../src/verify/differences/compareEntry.ts';
import {
  confirmEntry,
  examineEntry,
  type Measurements,
} from '../../../src/verify/differences/examineEntry.ts';
import { AGREEING } from './plain.ts';

type Line = (t: number) => number;

const steps = Array.from({ length: 17 }, (_, halvings) => 2 ** -(4 + halvings));
const [FIRST, SMALLEST] = [2 ** -4, 2 ** -20];
const rtol = 2 ** -10;
const reach = { near: 2 * FIRST, far: 400 * FIRST };

/** An entry of a function without rounding, at the first step. */
const entryOf = (analytic: number, numeric: number, step = FIRST): EntryComparison => ({
  ...AGREEING,
  analytic,
  numeric,
  step,
  error: Math.abs(analytic - numeric),
  tolerance: rtol * Math.max(Math.abs(analytic), Math.abs(numeric)),
});
const sectionOf = (valueAt: Line, noise = 0) => ({ valueAt, lengthOf: (t: number) => t, noise });
/**
 * It is 0 at all steps and at the point; at other points it looks like rounding, with a deviation of 0.7 times its
 * height.
 */
const wave = (height: number) => (t: number) => height * Math.sin(Math.PI * t * 2 ** 20);
/** Whole numbers, with jumps at ±½, ±1½ and so on, of 1. */
const stairs = (t: number) => Math.floor(t + 0.5);

const relu = (t: number) => Math.max(t, 0);

describe('confirmEntry', () => {
  const confirm = (entry: EntryComparison, valueAt: Line, isVerified = true, far = reach.far) => {
    const tolerances = { rtol, atol: undefined };
    const effort = { reach: { ...reach, far }, isVerified };
    return confirmEntry(entry, sectionOf(valueAt), steps, tolerances, effort);
  };

  it.each([false, true])(
    'leaves an entry of a smooth function as it is: verified %s',
    (isVerified) => {
      const entry = entryOf(1, 1);
      let evaluations = 0;
      const smooth = (t: number) => {
        evaluations++;
        return t + t * t;
      };
      expect(confirm(entry, smooth, isVerified)).toBe(entry);
      expect(evaluations).toBeLessThan(20); // rounding is not measured
    },
  );

  it.each<[string, Line, [number, number]]>([
    ['|t|', Math.abs, [-1, 1]],
    ['−|t|', (t) => -Math.abs(t), [-1, 1]],
    ['relu', relu, [0, 1]],
    ['−relu', (t) => -relu(t), [-1, 0]],
  ])('finds the kink of %s, with the smaller slope first', (_, valueAt, kink) => {
    const mean = (kink[0] + kink[1]) / 2;
    const entry = entryOf(mean, mean);
    for (const isVerified of [false, true]) {
      expect(confirm(entry, valueAt, isVerified)).toEqual({ ...entry, kink, step: SMALLEST });
    }
  });

  it('believes none that rounding explains, if it measures that', () => {
    // Over a 16th of the first step, 8 √6 times a deviation of 0.7 · 0.02 is 71, and the gap 2.
    const noisy = (t: number) => Math.abs(t) + wave(0.02)(t);
    const entry = entryOf(0, 0);
    expect(confirm(entry, noisy, false).kink).toBeCloseToTensor([-1, 1], 1e-4);
    expect(confirm(entry, noisy, true)).toBe(entry);
  });

  it('takes a grid that shows further away for rounding', () => {
    const coarse = (t: number) => Math.abs(t) + stairs(t);
    const entry = entryOf(0, 0);
    expect(confirm(entry, coarse, true, FIRST)).toMatchObject({ kink: [-1, 1] });
    expect(confirm(entry, coarse, true)).toBe(entry);
    expect(confirm(entry, coarse, false)).toMatchObject({ kink: [-1, 1] });
  });
});

describe('examineEntry', () => {
  interface Given extends Partial<Measurements> {
    noise?: number;
    atol?: number;
  }
  /** What is found; what it measures must be given. */
  const examine = (entry: EntryComparison, valueAt: Line, { noise = 0, atol, ...given }: Given) => {
    const refuse = (what: string) => () => {
      throw new Error(`${what} costs evaluations that are not needed`);
    };
    const measurements: Measurements = {
      nearby: refuse('looking nearby'),
      gradientNoise: refuse('the noise of the gradient'),
      compare: refuse('another comparison'),
      reach,
      isVerified: true,
      ...given,
    };
    return examineEntry(entry, sectionOf(valueAt, noise), steps, { rtol, atol }, measurements);
  };
  /** Of a function that is linear as far as one looks. */
  const smooth = { nearby: () => [0, 0], gradientNoise: () => 0 };

  describe('at a kink along the entry', () => {
    it('gives the slopes between which the gradient lies, without measuring if told so', () => {
      const entry = entryOf(0.5, 0);
      const found = { ...entry, kink: [-1, 1], step: SMALLEST };
      expect(examine(entry, Math.abs, { isVerified: false })).toEqual(found);
      // Along the entry a kink looks like rounding too; the comparison counts, if it does not agree either.
      const compare = (noise: number) => {
        expect(noise).toBeGreaterThan(FIRST / 100);
        return { ...entry, rounding: 0.01 };
      };
      expect(examine(entry, Math.abs, { compare })).toEqual({ ...found, rounding: 0.01 });
    });

    it.each([false, true])(
      'counts a gradient as between them up to the tolerance: verified %s',
      (isVerified) => {
        const kinkOf = (analytic: number) => {
          const entry = { ...entryOf(analytic, 0), tolerance: 2 ** -10 };
          return examine(entry, Math.abs, { ...smooth, compare: () => entry, isVerified }).kink;
        };
        const [inside, outside] = [1 + 2 ** -10, 1 + 2 ** -9];
        for (const sign of [-1, 1]) {
          expect(kinkOf(sign * inside)).toEqual([-1, 1]);
          expect(kinkOf(sign * outside)).toBeNull();
        }
      },
    );
  });

  it('finds a jump, before a comparison with more rounding', () => {
    const jump = (t: number) => (t < 0 ? 2 : 4);
    const entry = entryOf(1, 16);
    const found = { ...entry, jump: [2, 4], step: SMALLEST };
    for (const isVerified of [false, true]) {
      expect(examine(entry, jump, { isVerified })).toEqual(found);
    }
  });

  describe('with more rounding along the entry than was expected', () => {
    const agreeing = entryOf(1, 1);

    it('compares again, and stops if that agrees', () => {
      const noises: number[] = [];
      const compare = (noise: number) => {
        noises.push(noise);
        return agreeing;
      };
      const noisy = (t: number) => t + wave(0.01)(t);
      expect(examine(entryOf(2, 1), noisy, { compare })).toBe(agreeing);
      expect(noises).toHaveLength(1);
      expect(noises[0] / (0.01 * Math.SQRT1_2)).toBeGreaterThan(0.5);
      expect(noises[0] / (0.01 * Math.SQRT1_2)).toBeLessThan(2);
      // It is expected now.
      expect(examine(entryOf(2, 1), noisy, { ...smooth, noise: 0.02 }).analytic).toBe(2);
    });

    it('looks for a grid nearby, and far away where f seems to be constant', () => {
      const compare = (noise: number) => {
        expect(noise).toBeCloseTo(1 / Math.sqrt(12), 6);
        return agreeing;
      };
      expect(examine(entryOf(1, 0), stairs, { compare })).toBe(agreeing);
      const seen = examine(entryOf(1, 0.5), stairs, { compare, reach: { near: 25, far: 25 } });
      expect(seen).toBe(agreeing);
      const notSeen = examine(entryOf(1, 0.5), stairs, smooth);
      expect(notSeen.analytic).toBe(1);
    });

    it('does not measure it where the tolerance is given', () => {
      const noisy = (t: number) => t + wave(0.01)(t);
      const entry = entryOf(2, 1);
      expect(examine(entry, noisy, { atol: 0.1, nearby: () => [1, 1] })).toBe(entry);
    });
  });

  it('takes smaller steps that do not reach a kink further away, if no tolerance is given', () => {
    const near = (t: number) => relu(t + 2 ** -10);
    const entry = entryOf(1, 0.5);
    const compare = () => entry;
    const found = examine(entry, near, { compare });
    expect(found).toMatchObject({ analytic: 1, numeric: 1, kink: null });
    expect(found.step).toBeLessThanOrEqual(2 ** -10);
    expect(examine(entry, near, { nearby: () => [1, 1], atol: 1e-3 })).toBe(entry);
    // They have the rounding that was expected; that of a grid which shows further away, of 1, hides them.
    const { step, rounding } = examine(entry, near, { compare, noise: 1e-6 });
    expect(rounding).toBeCloseTo((Math.SQRT2 * 1e-6) / (2 * step), 9);
    const coarse = (t: number) => near(t) + stairs(t);
    expect(examine(entry, coarse, { ...smooth, compare }).numeric).toBe(0.5);
  });

  it('finds a kink so near that rounding hides on which side of it the point is', () => {
    const near = (t: number) => relu(t - 2 ** -10);
    const entry = entryOf(0.75, 0.5);
    const found = examine(entry, near, { noise: 3e-5, compare: () => entry });
    expect(found.kink?.[0]).toBe(0);
    expect(found.kink?.[1]).toBeGreaterThan(0.75);
    const outside = entryOf(1.5, 0.5);
    const measured = { noise: 3e-5, compare: () => outside, nearby: () => [0, 1] };
    expect(examine(outside, near, { ...measured, ...smooth }).kink).toBeNull();
  });

  describe('at points nearby', () => {
    const zero = () => 0;
    const entry = entryOf(0.25, 0);
    const find = (far: number[], near: number[], given: Given = {}, valueAt: Line = zero) => {
      const distances: number[] = [];
      const nearby = (h: number) => {
        distances.push(h);
        return distances.length === 1 ? far : near;
      };
      const found = examine(entry, valueAt, { gradientNoise: () => 0, ...given, nearby });
      return { ...found, distances };
    };

    it('finds a kink that does not show along the entry', () => {
      expect(find([1, 0], [1, 0.5, 0])).toEqual({
        ...entry,
        kink: [0, 1],
        isKinkNearby: true,
        distances: [FIRST, FIRST / 16],
      });
    });

    it('finds none where the gradient is not among the slopes closest by', () => {
      expect(find([0, 1], [0.5, 1]).kink).toBeNull();
      expect(find([0, 1], [-1, 0]).kink).toBeNull();
      expect(find([0, 1], [-1, 0.25]).kink).toEqual([-1, 0.25]);
    });

    it('finds none where the slopes differ by a quarter of what they do 16 times as far away, or less', () => {
      expect(find([0, 2], [0, 0.5]).kink).toBeNull();
      expect(find([0, 1.9], [0, 0.5]).kink).toEqual([0, 0.5]);
      expect(find([], []).kink).toBeNull(); // the only entry of its input
    });

    it('finds none where rounding explains how they differ', () => {
      // 8 √½ · 16 / (2⁻⁴ / 8) times the noise is 1 for 8.6e-5.
      expect(find([0.5, 0.5], [0, 1], { noise: 8.5e-5 }).kink).toEqual([0, 1]);
      expect(find([0.5, 0.5], [0, 1], { noise: 8.8e-5 }).kink).toBeNull();
    });

    it('looks as far as the step of the difference, half of the reach, or what float32 allows', () => {
      const distancesOf = (step: number, near: number) => {
        const distances: number[] = [];
        const nearby = (h: number) => {
          distances.push(h);
          return [0, 0];
        };
        examine({ ...entry, step }, zero, { ...smooth, nearby, reach: { near, far: near } });
        return distances;
      };
      expect(distancesOf(2 ** -6, 2 ** -3)).toEqual([2 ** -6, 2 ** -10]);
      expect(distancesOf(2 ** -4, 2 ** -7)).toEqual([2 ** -8, 2 ** -12]);
      expect(distancesOf(SMALLEST, 2 ** -3)).toEqual([128 * SMALLEST, 8 * SMALLEST]);
    });

    it('adds their slopes to those on both sides, where the gradient is not between these', () => {
      const half = (t: number) => Math.abs(t) / 8;
      const given = { compare: () => entry };
      const { kink, isKinkNearby } = find([0, 0], [0, 0.5], given, half);
      expect(kink).toEqual([-0.125, 0.5]);
      expect(isKinkNearby).toBe(false);
    });
  });

  describe('where f is smooth', () => {
    const line = (t: number) => 3 + t;
    const entry = { ...entryOf(2, 1), rounding: 0.003, absolute: 0.024, tolerance: 0.026 };

    it('allows for rounding of the gradient', () => {
      const found = examine(entry, line, { ...smooth, gradientNoise: () => 0.004, noise: 1e-9 });
      const { rounding, absolute, tolerance, ...rest } = found;
      expect(rounding).toBeCloseTo(0.005, 12); // √(3² + 4²) / 1000
      expect(absolute).toBeCloseTo(0.024 + 8 * 0.002, 12);
      expect(tolerance).toBeCloseTo(0.026 + 8 * 0.002, 12);
      expect({ ...entry, ...rest }).toEqual(entry);
    });

    it('also of a grid, as far as the reach, if f is rounded to one: by more than 2⁻¹⁹ of its value', () => {
      const limitFor = (noise: number, sign = 1) => {
        let limit = NaN;
        const gradientNoise = (far: number) => ((limit = far), 0);
        examine(entry, (t) => sign * line(t), { ...smooth, gradientNoise, noise });
        return limit;
      };
      for (const sign of [1, -1]) {
        expect(limitFor(3 * 2 ** -19, sign)).toBe(0);
        expect(limitFor(4 * 2 ** -19, sign)).toBe(reach.near);
      }
    });

    it('but not where it is not smooth, or where the tolerance is given', () => {
      const outside = entryOf(2, 0);
      const at = (valueAt: Line, nearby: () => number[], atol?: number) =>
        examine(outside, valueAt, { compare: () => outside, nearby, atol });
      expect(at(Math.abs, () => [0, 0])).toBe(outside);
      let calls = 0;
      expect(at((t) => 0 * t, () => (calls++ === 0 ? [0, 0] : [0, 1]))).toBe(outside); // prettier-ignore
      expect(at(line, () => [0, 0], 1e-3)).toBe(outside);
    });
  });
});
