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
});
