import type { EntryComparison } from '../../../src/verify/differences/compareEntry.ts';
import { finerAgreement } from '../../../src/verify/differences/finerAgreement.ts';
import { AGREEING } from './plain.ts';

const steps = Array.from({ length: 17 }, (_, halvings) => 0.05 / 2 ** halvings);
/** A difference of ½, as of relu far beyond its kink, which disagrees with a gradient. */
const entry = (analytic: number): EntryComparison => ({
  ...AGREEING,
  analytic,
  numeric: 0.5,
  step: 0.05,
  error: Math.abs(analytic - 0.5),
  tolerance: 1e-3,
});
const relu = (t: number) => Math.max(t + 1e-3, 0);

interface Given {
  valueAt?: (t: number) => number;
  noise?: number;
  rtol?: number;
}

/** What is found of relu, where rounding hides nothing, unless others are given. */
const find = (
  entry: EntryComparison,
  { valueAt = relu, noise = 1e-9, rtol = 1e-3 }: Given = {},
) => {
  const finite = (t: number) => {
    if (!Number.isFinite(t)) throw new RangeError(`f has no value at ${String(t)}`);
    return valueAt(t);
  };
  return finerAgreement(entry, { valueAt: finite, lengthOf: (t) => t, noise }, steps, rtol);
};

describe('finerAgreement', () => {
  it('takes the largest step within which f is smooth', () => {
    const found = find(entry(1));
    expect(found).toMatchObject({ analytic: 1, step: 0.05 / 64 });
    expect(found?.numeric).toBeCloseTo(1, 6);
  });

  it('is null for a gradient that smaller steps contradict', () => {
    expect([0, 0.5, 0.9, 1.1].map((analytic) => find(entry(analytic)))).toEqual([null, null, null, null]); // prettier-ignore
    // Only the smallest does: f is constant there, and 1 is its slope beyond.
    const flat = (t: number) => (Math.abs(t) < 1e-6 ? 0 : t);
    expect(find(entry(1), { valueAt: flat })).toBeNull();
  });

  it('is null where rounding hides what the smaller steps would tell', () => {
    expect(find(entry(1), { noise: 1e-3 })).toBeNull();
  });

  it('is null where the tolerance is more than half of the disagreement, here of ½', () => {
    const line = (t: number) => t;
    expect(find(entry(1), { valueAt: line, rtol: 0.24 })?.step).toBe(0.025);
    expect(find(entry(1), { valueAt: line, rtol: 0.26 })).toBeNull();
  });

  it.each([
    [4, 4.02],
    [4.02, 4],
    [-4, -4.02],
  ])(
    'has the tolerance and the rounding error of its own step, for a gradient of %d and a slope of %d',
    (analytic, slope) => {
      const given = { ...entry(analytic), isSettled: false };
      const line = (t: number) => slope * (t + 1e-3);
      const found = find(given, { valueAt: line, noise: 1e-7, rtol: 0.01 }) ?? entry(NaN);
      const { step, rounding, absolute, tolerance, error, numeric, isSettled } = found;
      expect(step).toBe(0.025);
      expect(numeric).toBeCloseTo(slope, 12);
      expect(rounding).toBeCloseTo((Math.SQRT2 * 1e-7) / (2 * step), 12);
      expect(absolute).toBe(8 * rounding);
      expect(tolerance).toBeCloseTo(absolute + 0.0402, 12); // 1 % of the larger of both
      expect(error).toBe(Math.abs(analytic - numeric));
      expect(isSettled).toBe(true);
    },
  );

  it('looks at smaller steps than that of the entry only', () => {
    const step = 0.05 / 128; // within the kink already
    expect(find({ ...entry(1), step })?.step).toBe(step / 2);
    expect(find({ ...entry(1), step: steps[15] })?.step).toBe(steps[16]);
    expect(find({ ...entry(1), step: steps[16] })).toBeNull();
  });

  it('takes a kink or another value at the point itself for rounding', () => {
    // All differences are 1, beside 0.9 at the first step: that is a disagreement of 0.1.
    const functions = [
      (t: number) => t,
      (t: number) => 2 * Math.max(t, 0),
      (t: number) => (t === 0 ? 0.01 : t),
    ];
    const given = { ...entry(1), numeric: 0.9, error: 0.1 };
    const found = functions.map((valueAt) => find(given, { valueAt }));
    expect(found.map((entry) => entry?.step)).toEqual([0.025, undefined, undefined]);
  });

  it('allows for more rounding than was expected, if it finds more there', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
    const valueAt = (t: number) => relu(t) + 1e-7 * Math.sqrt(12) * random();
    const found = find(entry(1), { valueAt, noise: 3e-8 });
    const share = (found?.rounding ?? NaN) / ((Math.SQRT2 * 1e-7) / (2 * (found?.step ?? NaN)));
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(2);
  });
});
