import type { EntryComparison } from '../../../src/verify/differences/compareEntry.ts';
import { finerAgreement } from '../../../src/verify/differences/finerAgreement.ts';

const steps = Array.from({ length: 17 }, (_, halvings) => 0.05 / 2 ** halvings);
/** A difference of ½, as of relu far beyond its kink, which disagrees with a gradient. */
const entry = (analytic: number): EntryComparison => ({
  analytic,
  numeric: 0.5,
  step: 0.05,
  error: Math.abs(analytic - 0.5),
  tolerance: 1e-3,
  absolute: 0,
  rounding: 0,
  isSettled: true,
  isFlat: false,
  kink: null,
  isKinkNearby: false,
  jump: null,
  secant: 1,
});
const relu = (t: number) => Math.max(t + 1e-3, 0);
const find = (analytic: number, noise: number) =>
  finerAgreement(entry(analytic), { valueAt: relu, lengthOf: (t) => t, noise }, steps, 1e-3);

describe('finerAgreement', () => {
  it('takes the largest step within which f is smooth', () => {
    const found = find(1, 1e-9);
    expect(found).toMatchObject({ analytic: 1, step: 0.05 / 64 });
    expect(found?.numeric).toBeCloseTo(1, 6);
  });

  it('is null for a gradient that smaller steps contradict', () => {
    expect([0, 0.5, 0.9, 1.1].map((analytic) => find(analytic, 1e-9))).toEqual([null, null, null, null]); // prettier-ignore
  });

  it('is null where rounding hides what the smaller steps would tell', () => {
    expect(find(1, 1e-3)).toBeNull();
  });

  it('has the tolerance and the rounding error of its own step', () => {
    const given = { ...entry(1), isSettled: false };
    const section = { valueAt: relu, lengthOf: (t: number) => t, noise: 1e-7 };
    const { step, rounding, absolute, tolerance, error, numeric, isSettled } =
      finerAgreement(given, section, steps, 0.01) ?? entry(NaN);
    expect(rounding).toBeCloseTo((Math.SQRT2 * 1e-7) / (2 * step), 12);
    expect(absolute).toBe(8 * rounding);
    expect(tolerance).toBe(absolute + 0.01 * Math.max(1, numeric));
    expect(error).toBe(Math.abs(1 - numeric));
    expect(isSettled).toBe(true);
  });

  it('looks at smaller steps than that of the entry only', () => {
    const step = 0.05 / 128; // within the kink already
    const section = { valueAt: relu, lengthOf: (t: number) => t, noise: 1e-9 };
    expect(finerAgreement({ ...entry(1), step }, section, steps, 1e-3)?.step).toBe(step / 2);
    expect(finerAgreement({ ...entry(1), step: steps[16] }, section, steps, 1e-3)).toBeNull();
  });

  it('allows for more rounding than was expected, if it finds more there', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
    const valueAt = (t: number) => relu(t) + 1e-7 * Math.sqrt(12) * random();
    const found = finerAgreement(
      entry(1),
      { valueAt, lengthOf: (t) => t, noise: 3e-8 },
      steps,
      1e-3,
    );
    const share = (found?.rounding ?? NaN) / ((Math.SQRT2 * 1e-7) / (2 * (found?.step ?? NaN)));
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(2);
  });
});
