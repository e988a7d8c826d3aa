import * as tf from '@tensorflow/tfjs';
import { checkedInput } from '../../../src/verify/differences/checkedInput.ts';
import type { CheckedOutput } from '../../../src/verify/differences/checkedOutputs.ts';
import { mergeReports } from '../../../src/verify/differences/mergeReports.ts';
import { subgradientReport } from '../../../src/verify/differences/subgradientReport.ts';

const NOTHING = mergeReports([]);
/** The second input, with a tie of three. */
const input = checkedInput(tf.tensor1d([3, 3, 3]), 1, Infinity);
/** Its entries together: below the point, the first output has the slope 1 − 1 = 0, and above it 1 + 1 = 2. */
const f = ([a, b, c]: Float32Array) => {
  const kinked = Math.max(a, b) + Math.abs(a + b - 6) / 2;
  return Float32Array.of(kinked, Math.max(a, b, c));
};
const outputOf = (index: number, gradient: number[]): CheckedOutput => ({
  probe: { index },
  name: `f[${String(index)}]`,
  gradients: [Float32Array.of(NaN), Float32Array.from(gradient)],
  noise: 1e-7,
  gradientsAt: () => [],
});
/** The report, and how often f was evaluated. */
const report = (...kinks: { output: CheckedOutput; entries: number[] }[]) => {
  let evaluations = 0;
  const evaluate = (x: Float32Array) => {
    evaluations++;
    return f(x);
  };
  const y = f(input.point);
  const found = subgradientReport(kinks, input, { y, evaluate, title: 'f', usesSteps: false });
  return { found, evaluations };
};

describe('subgradientReport', () => {
  const together = 'its 2 entries at a kink together';

  it('is on nothing where the gradients are subgradients', () => {
    const kinks = [
      { output: outputOf(0, [0.75, 0.25, 0]), entries: [0, 1] },
      { output: outputOf(1, [0.25, 0.25, 0.5]), entries: [0, 1, 2] },
    ];
    expect(report(...kinks).found).toEqual(NOTHING);
  });

  it.each([
    ['above', 1.25, 2],
    ['below', -0.25, 0],
  ])('counts one that is %s the slopes as a failure, with the nearest slope', (_, g, numeric) => {
    const { found } = report({ output: outputOf(0, [g, g, 9]), entries: [0, 1] });
    expect(found).toEqual({ ...NOTHING, failures: 1, worst: expect.anything() as unknown });
    expect(found.worst).toMatchObject({
      name: `∂f[0] / ∂inputs[1], ${together}`,
      input: 1,
      index: null,
      analytic: 2 * g,
      kink: null,
      isKinkNearby: false,
      jump: null,
    });
    expect(found.worst?.slopes).toBeCloseToTensor([0, 2], 1e-3);
    expect(found.worst?.numeric).toBe(found.worst?.slopes?.[numeric / 2]);
    expect(found.worst?.error).toBeCloseTo(Math.abs(2 * g - numeric), 3);
    // 8 times the rounding, and 1 % of the largest slope
    const rounding = (Math.sqrt(8) * 1e-7) / (found.worst?.step ?? NaN);
    expect(found.worst?.rounding).toBeCloseTo(rounding, 9);
    expect(found.worst?.tolerance).toBeCloseTo(8 * rounding + Math.max(2 * g, 2) / 100, 4);
  });

  it('counts each output that fails, and shows the worst', () => {
    const [close, far] = [outputOf(1, [0.6, 0.6, 0]), outputOf(1, [2, 2, 0])];
    const [first, second] = [close, far].map((output) => ({ output, entries: [0, 1] }));
    for (const kinks of [
      [first, second],
      [second, first],
    ]) {
      expect(report(...kinks).found).toMatchObject({ failures: 2, worst: { analytic: 4 } });
    }
  });

  it('leaves out an output with a kink in one entry or none, of which the slopes on both sides tell all', () => {
    const output = outputOf(1, [9, 9, 9]);
    const { found, evaluations } = report({ output, entries: [] }, { output, entries: [1] });
    expect({ found, evaluations }).toEqual({ found: NOTHING, evaluations: 0 });
  });

  it('evaluates f once for all outputs with kinks in the same entries', () => {
    const [one, other] = [outputOf(0, [0.5, 0.5, 0]), outputOf(1, [2, 2, 0])];
    const { evaluations } = report({ output: one, entries: [0, 1] });
    const same = report({ output: one, entries: [0, 1] }, { output: other, entries: [0, 1] });
    expect(same.evaluations).toBe(evaluations);
    expect(same.found.failures).toBe(1);
    const different = report({ output: one, entries: [0, 1] }, { output: other, entries: [1, 2] });
    expect(different.evaluations).toBe(2 * evaluations);
  });
});
