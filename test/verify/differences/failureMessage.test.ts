import * as tf from '@tensorflow/tfjs';
import { topk, topkLinear } from '../../../src/index.ts';
import { failureMessage } from '../../../src/verify/differences/failureMessage.ts';
import type {
  GradientEntry,
  GradientReport,
} from '../../../src/verify/differences/gradientReport.ts';
import { kernelsOf } from '../../../src/verify/differences/kernelsOf.ts';
import { EMPTY_REPORT } from './plain.ts';

const wrong: GradientEntry = {
  name: '∂f[1] / ∂x[2]',
  input: 0,
  index: [2],
  analytic: 1.23456789,
  numeric: 1.5,
  step: 0.0625,
  error: 0.26543211,
  tolerance: 0.001,
  rounding: 1.25e-7,
  kink: null,
  isKinkNearby: false,
  slopes: null,
  jump: null,
};
/** Of 6 entries of which 2 failed. */
const failed: GradientReport = { ...EMPTY_REPORT, entries: 6, failures: 2 };
/** Of 6 entries of which 3 are at kinks. */
const atKinks = { failures: 0, kinks: 3 };
const message = (
  report: Partial<GradientReport>,
  worst: Partial<GradientEntry> = {},
  kernels: string[] = [],
) => failureMessage({ ...failed, ...report, worst: { ...wrong, ...worst } }, new Set(kernels));
const linesOf = (...args: Parameters<typeof message>) => message(...args).split('\n');

describe('failureMessage', () => {
  it('shows a gradient above the difference that it is not, to 6 digits', () => {
    expect(message({})).toBe(
      `order 1: gradient and central difference disagree in 2 of 6 entries, most in ∂f[1] / ∂x[2]:
  analytic   1.23457
  numeric    1.5   (step 0.0625)
  error      0.265432   (tolerance 0.001, expected rounding 1.25e-7)
  If f is not smooth within the step, set margin or eps.`,
    );
  });

  it('counts one entry as an entry', () => {
    expect(message({ failures: 1, entries: 1 })).toContain('disagree in 1 of 1 entry, most in');
  });

  it('adds what kinks do not count, and the notes', () => {
    const notes = ['x is large', 'y has no influence'];
    expect(linesOf({ kinks: 1, notes }).slice(-4)).toEqual([
      '  f is not differentiable in 1 of 6 entries; these do not count.',
      '  If f is not smooth within the step, set margin or eps.',
      '  Note: x is large.',
      '  Note: y has no influence.',
    ]);
  });

  describe('of a second derivative', () => {
    it('says that the first one agrees', () => {
      expect(linesOf({ order: 2 }, {}, ['Add']).slice(4)).toEqual([
        '  The gradient itself, order 1, agrees.',
        '  If f is not smooth within the step, set margin or eps.',
      ]);
      expect(message({ order: 2 })).toMatch(/^order 2: /);
    });

    it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
      ['Exp', tf.exp],
      ['Exp', tf.logSoftmax],
      ['Tanh', tf.tanh],
      ['Sigmoid', tf.sigmoid],
      ['Softmax', tf.softmax],
      ['Elu', tf.elu],
      ['Pow', (x) => tf.pow(2, x)],
    ])('names %s, of which tfjs has a wrong one', (kernel, f) => {
      const { kernels } = kernelsOf(() => tf.tidy(() => f(tf.tensor1d([0.5, 1]))));
      expect(linesOf({ order: 2 }, {}, [...kernels])[5]).toBe(
        `  f uses ${kernel}, whose second derivative is wrong in tfjs: it takes a saved result for a constant.`,
      );
    });

    it('names several of these, but none of a first derivative', () => {
      const kernels = ['Pow', 'Add', 'Exp'];
      expect(message({ order: 2 }, {}, kernels)).toContain('f uses Exp, Pow, whose');
      expect(message({ order: 1 }, {}, kernels)).toBe(message({ order: 1 }));
    });
  });

  it('shows a gradient beside the slopes at a kink that it is not among', () => {
    const title = '∂f / ∂x, its 3 entries at a kink together';
    const worst = { name: title, analytic: 1.25, slopes: [0.5, 1.00000049] as [number, number] };
    expect(message({ failures: 1, kinks: 3 }, worst)).toBe(
      `order 1: the gradient at a kink is no subgradient, most in ${title}:
  analytic   1.25
  slopes     0.5 to 1   (step 0.0625, tolerance 0.001)
  f is not differentiable in 3 of 6 entries. Each alone is between the slopes on both sides.`,
    );
    expect(message({ order: 2 }, worst)).toMatch(/^order 2: the gradient at a kink/);
  });

  it('shows the values on both sides of a jump', () => {
    const worst = { jump: [2, 3.0000001] as [number, number], step: 1e-6 };
    expect(message(atKinks, worst)).toBe(
      `f jumps here: from 2 to 3 within 0.000002, in ∂f[1] / ∂x[2]; it has no gradient
  It is not differentiable in 3 of 6 entries; the other entries agree.`,
    );
    expect(message({ ...atKinks, order: 2 }, worst)).toMatch(/^the gradient of f jumps here/);
  });

  describe('at a kink', () => {
    const worst = { kink: [0, 2.0000001] as [number, number], analytic: 1, numeric: 0.5 };

    it('shows the slopes on both sides', () => {
      expect(message(atKinks, worst)).toBe(
        `f is not differentiable here: one-sided slopes 0 and 2 in ∂f[1] / ∂x[2]; the gradient 1 lies between
  There is a kink in 3 of 6 entries, at the point or within 0.0625 of it; the other entries agree.`,
      );
      const ofGradient = message({ ...atKinks, order: 2 }, worst);
      expect(ofGradient).toMatch(/^the gradient of f is not differentiable here: one-sided/);
    });

    it('shows those at points nearby, and that at the point', () => {
      expect(linesOf(atKinks, { ...worst, isKinkNearby: true })[0]).toBe(
        'f is not differentiable here: slopes from 0 to 2 at points nearby, 0.5 at the point, in ∂f[1] / ∂x[2]; ' +
          'the gradient 1 lies between',
      );
    });

    it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
      ['topk', (x) => topk(x, 1).values],
      ['topkLinear', (x) => topkLinear(x, [1, 2], 1).values],
    ])('says how %s gives a margin', (_, f) => {
      const { kernels } = kernelsOf(() => tf.tidy(() => f(tf.tensor2d([[3, 4], [0, 1]])))); // prettier-ignore
      expect(linesOf(atKinks, worst, ['Add', ...kernels]).slice(2)).toEqual([
        '  For topk(y, k), margin is selectionMargin(y, k).margin / √2, in the unit of y,',
        '  or selectionMargin(y, k).orderMargin / √2 if f depends on the order of the values.',
      ]);
      expect(linesOf(atKinks, worst, ['Add', 'Relu'])).toHaveLength(2);
    });
  });
});
