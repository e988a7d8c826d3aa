import * as tf from '@tensorflow/tfjs';
import { checkedInput } from '../../../src/verify/differences/checkedInput.ts';
import type { EntryComparison } from '../../../src/verify/differences/compareEntry.ts';
import type { Probe } from '../../../src/verify/differences/Probe.ts';
import { probeReport } from '../../../src/verify/differences/probeReport.ts';

void tf.setBackend('cpu');
const input = checkedInput(tf.tensor2d([[1, 2, 3], [4, 5, 6]]), 0, Infinity); // prettier-ignore
const output = {
  probe: { index: 0 },
  name: 'f[0]',
  gradients: [],
  noise: 0,
  gradientsAt: () => [],
};

/** An entry of which 1 is right to within 0.001, and what is said of it. */
const report = (...entries: Partial<EntryComparison>[]) =>
  probeReport(
    entries.map((entry) => {
      const { analytic = 1, numeric = 1 } = entry;
      const error = Math.abs(analytic - numeric);
      const usual = { step: 0.1, tolerance: 1e-3, absolute: 1e-3, rounding: 1e-4, secant: 1 };
      const states = {
        isSettled: true,
        isFlat: false,
        kink: null,
        isKinkNearby: false,
        jump: null,
      };
      return { ...usual, ...states, analytic, numeric, error, ...entry };
    }),
    entries.map(() => output),
    input,
    { index: 4 },
  );

const PASSED = { failures: 0, kinks: 0, steps: 0, belowNoise: 0, uncertain: 0, notes: [], isVisible: true, isZero: false, isConstant: false }; // prettier-ignore

describe('probeReport', () => {
  it.each<[string, Partial<EntryComparison>, object]>([
    ['an entry that agrees', {}, {}],
    ['one that does not', { numeric: 2 }, { failures: 1 }],
    ['one that does not, with a difference of 0', { numeric: 0 }, { failures: 1 }],
    ['a gradient of 0 that does not agree', { analytic: 0 }, { failures: 1, isZero: true }],
    ['a kink', { kink: [0, 2] }, { kinks: 1 }],
    ['a kink of which one slope is the gradient', { kink: [1, 2], numeric: 2 }, { kinks: 1 }],
    ['a jump', { jump: [0, 5] }, { kinks: 1 }],
    ['a constant piece', { analytic: 0, numeric: 0, secant: 0, isFlat: true }, { steps: 1, isZero: true }], // prettier-ignore
    ['a slope that rounding hides', { tolerance: 2, absolute: 2 }, { belowNoise: 1, uncertain: 1, isVisible: false }], // prettier-ignore
    ['a slope as large as what rounding hides', { analytic: 1e-3, numeric: 1e-3 }, { belowNoise: 1, uncertain: 1, isVisible: false }], // prettier-ignore
    ['a slope that rounding blurs', { tolerance: 0.02, absolute: 0.02 }, { uncertain: 1 }],
    ['the same beside larger differences', { tolerance: 0.02, absolute: 0.02, secant: 10 }, { uncertain: 1 }], // prettier-ignore
    ['a slope with 1 % of rounding', { tolerance: 0.01, absolute: 0.01 }, {}],
    ['a slope that only smaller steps show', { secant: 0 }, {}],
    ['no influence', { analytic: 0, numeric: 0, secant: 0 }, { isVisible: false, isZero: true, isConstant: true }], // prettier-ignore
    ['the minimum of x²', { analytic: 0, numeric: 0 }, { isZero: true }],
    ['a difference of 1e-4, and a gradient of 0', { analytic: 0, numeric: 1e-4, secant: 1e-4 }, { belowNoise: 1, uncertain: 1, isVisible: false, isZero: true }], // prettier-ignore
  ])('counts %s', (_, entry, expected) => {
    expect(report(entry)).toMatchObject({ entries: 1, ...PASSED, ...expected });
  });

  it('says whether combinations were checked, of entries of the input or of the outputs', () => {
    const weights = { from: 0, weights: Float32Array.of(1, 1) };
    const isSampled = (probe: Probe, ofOutputs: Probe[]) => {
      const outputs = ofOutputs.map((probe) => ({ ...output, probe }));
      return probeReport([], outputs, input, probe).isSampled;
    };
    const one = { index: 0 };
    expect(isSampled(one, [one, one])).toBe(false);
    expect(isSampled(weights, [one])).toBe(true);
    expect(isSampled(one, [one, weights])).toBe(true);
  });

  it('is zero, constant or invisible only if all entries are', () => {
    const none = { analytic: 0, numeric: 0, secant: 0 };
    expect(report(none, {}, none)).toMatchObject({ entries: 3, ...PASSED });
    expect(report({ numeric: 2 }, { kink: [0, 2] }, {}).failures).toBe(1);
  });

  it('describes the worst entry', () => {
    expect(report({}, { numeric: 2 }).worst).toMatchObject({
      name: '∂f[0] / ∂inputs[0][1,1]',
      index: [1, 1],
      analytic: 1,
      numeric: 2,
      error: 1,
      tolerance: 1e-3,
      rounding: 1e-4,
      step: 0.1,
      kink: null,
      jump: null,
    });
  });
});
