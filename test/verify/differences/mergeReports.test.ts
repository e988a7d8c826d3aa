import type { GradientEntry } from '../../../src/verify/differences/gradientReport.ts';
import { mergeReports, worstEntry } from '../../../src/verify/differences/mergeReports.ts';
import { EMPTY_REPORT } from './plain.ts';

const entry = (error: number, changes: Partial<GradientEntry> = {}): GradientEntry => ({
  name: `one with an error of ${String(error)}`,
  input: 0,
  index: [0],
  analytic: 1,
  numeric: 1 + error,
  step: 0.1,
  error,
  tolerance: 0.01,
  rounding: 0,
  kink: null,
  isKinkNearby: false,
  slopes: null,
  jump: null,
  ...changes,
});

describe('mergeReports', () => {
  it('adds up what is counted, and takes the highest order and the worst entry', () => {
    const first = { entries: 1, order: 2, failures: 2, kinks: 3, steps: 4, belowNoise: 5, uncertain: 6, notes: ['a', 'b'], isSampled: true, worst: entry(0.5) }; // prettier-ignore
    const second = { entries: 10, order: 1, failures: 20, kinks: 30, steps: 40, belowNoise: 50, uncertain: 60, notes: ['c'], isSampled: false, worst: entry(0.75) }; // prettier-ignore
    const both = { entries: 11, order: 2, failures: 22, kinks: 33, steps: 44, belowNoise: 55, uncertain: 66, isSampled: true, worst: second.worst }; // prettier-ignore
    expect(mergeReports([first, second])).toEqual({ ...both, notes: ['a', 'b', 'c'] });
    expect(mergeReports([second, first])).toEqual({ ...both, notes: ['c', 'a', 'b'] });
  });

  it('leaves out reports on nothing', () => {
    const report = { ...EMPTY_REPORT, entries: 3, order: 2, notes: ['a'], worst: entry(0.5) };
    expect(mergeReports([EMPTY_REPORT, report, EMPTY_REPORT])).toEqual(report);
    expect(mergeReports([])).toEqual(EMPTY_REPORT);
    expect(mergeReports([EMPTY_REPORT, EMPTY_REPORT])).toEqual(EMPTY_REPORT);
  });
});

describe('worstEntry', () => {
  const kink = entry(0, { kink: [0, 2] });
  const jump = entry(0, { jump: [0, 2] });

  it('has the largest error relative to its tolerance, and is the first of several', () => {
    const [half, same, all] = [entry(0.005), entry(0.5, { tolerance: 1 }), entry(0.01)];
    expect(worstEntry([])).toBeNull();
    expect(worstEntry([half])).toBe(half);
    expect(worstEntry([half, all, same])).toBe(all);
    expect(worstEntry([half, same])).toBe(half);
    expect(worstEntry([same, half])).toBe(same);
  });

  it('is no entry without an error, also where the tolerance is 0', () => {
    const exact = entry(0, { tolerance: 0 });
    const [close, wrong] = [entry(0.001), entry(1e-9, { tolerance: 0 })];
    expect(worstEntry([exact, close])).toBe(close);
    expect(worstEntry([close, exact])).toBe(close);
    expect(worstEntry([close, wrong])).toBe(wrong);
  });

  it.each([
    ['kink', kink],
    ['jump', jump],
  ])('takes a failure before a %s, and that before an entry that passes', (_, broken) => {
    const failure = entry(0.011);
    for (const passed of [entry(0.009), entry(0.01)]) {
      expect(worstEntry([passed, broken])).toBe(broken);
      expect(worstEntry([broken, passed])).toBe(broken);
    }
    expect(worstEntry([broken, failure])).toBe(failure);
    expect(worstEntry([failure, broken])).toBe(failure);
  });

  it('takes the first of kinks and jumps, whatever their errors', () => {
    const far = { ...kink, error: 5 };
    expect(worstEntry([jump, far])).toBe(jump);
    expect(worstEntry([kink, jump])).toBe(kink);
  });
});
