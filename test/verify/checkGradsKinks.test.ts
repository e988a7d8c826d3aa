import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { checkGrads, median, selectionMargin, topk } from '../../src/index.ts';
import { IS_WHOLE } from '../isWhole.ts';
import { generator } from '../oracles/generator.ts';
import { errorOf, reportOf } from './errorOf.ts';
import { failedReport } from './failedReport.ts';
import { runs } from './runs.ts';
import { withGradient } from './withGradient.ts';

const FIRST_ORDER = { order: 1 } as const;

describe('checkGrads at a kink', () => {
  it('says that a tie is one, with the one-sided slopes, without a margin', () => {
    const check = () => checkGrads((y: tf.Tensor) => topk(y, 1).values.sum(), [[1, 1, 1, 1, 0]]);
    expect(check).toThrow(
      'checkGrads: f is not differentiable here: one-sided slopes 0 and 1 in ∂f / ∂inputs[0][0]; ' +
        'the gradient 1 lies between',
    );
    const report = reportOf(check);
    expect(report).toMatchObject({ failures: 0, kinks: 4, order: 1, worst: { kink: [0, 1] } });
  });

  it('takes no tie nearby for one at the point', () => {
    const squares = (x: tf.Tensor) => topk(x, 2).values.square().sum();
    const gap = fc.double({ min: -3.7, max: -1.7, noNaN: true }).map((power) => 10 ** power);
    const isFine = (gap: number) =>
      checkGrads(squares, [[1, 1 + gap, 1 + gap / 2, 3]], FIRST_ORDER).kinks === 0;
    fc.assert(fc.property(gap, isFine), runs(300));
  });

  it('also where it does not show along the entries: the second of three equal values', () => {
    const second = (y: tf.Tensor) => topk(y, 2).values.slice(1);
    const check = () => checkGrads(second, [[1, 1, 1, 0]], FIRST_ORDER);
    const slopes = 'slopes from 0 to 1 at points nearby, 0 at the point, in ∂f[0] / ∂inputs[0][1]';
    expect(check).toThrow(`f is not differentiable here: ${slopes}; the gradient 1 lies between`);
    expect(reportOf(check)).toMatchObject({ failures: 0, kinks: 1, worst: { isKinkNearby: true } });
  });

  it('at a tie of the median, where its two middle entries are the only equal ones, there is none', () => {
    const middle = (x: tf.Tensor) => median(x);
    expect(checkGrads(middle, [[1, 2, 2, 3]], FIRST_ORDER)).toMatchObject({ kinks: 0 });
    const slopes = 'one-sided slopes 0 and 1 in ∂f / ∂inputs[0][1]; the gradient 1 lies between';
    expect(() => checkGrads(middle, [[1, 2, 2]], FIRST_ORDER)).toThrow(slopes);
    const nearby = 'slopes from 0 to 1 at points nearby, 0 at the point, in ∂f / ∂inputs[0][2]';
    expect(() => checkGrads(middle, [[1, 2, 2, 2, 3]], FIRST_ORDER)).toThrow(nearby);
  });

  it('calls no gradient wrong because of the order of top-k, if the margin is that of the set', () => {
    const f = (y: tf.Tensor) => topk(y, 2).values.mul([1, 2]).sum();
    const margin = (y: tf.Tensor) => selectionMargin(y, 2).margin;
    const check = () => checkGrads(f, [[1, 1.000001, 0]], { margin });
    expect(check).toThrow(
      /not differentiable here: one-sided slopes 1\S* and 2 [^]*selectionMargin\(y, k\)\.orderMargin/,
    );
    expect(reportOf(check)).toMatchObject({ failures: 0, kinks: 2 });
    const orderMargin = (y: tf.Tensor) => selectionMargin(y, 2).orderMargin;
    expect(() => checkGrads(f, [[1, 1.000001, 0]], { margin: orderMargin })).toThrow(
      'margin must be at least',
    );
  });

  it('says how large the margin of top-k is: with the factor 1/√2, and in which unit', () => {
    const check = () => checkGrads((y: tf.Tensor) => topk(y, 1).values.sum(), [[1, 1, 0]]);
    expect(check).toThrow(
      '  For topk(y, k), margin is selectionMargin(y, k).margin / √2, in the unit of y,\n' +
        '  or selectionMargin(y, k).orderMargin / √2 if f depends on the order of the values.',
    );
  });

  it('does so for any near tie within the order, and passes with orderMargin away from it', () => {
    const weights = [1, 2, 4];
    const f = (y: tf.Tensor) => topk(y, 3).values.mul(weights).sum();
    const gaps = fc.tuple(
      fc.constantFrom(0, 1),
      fc.constantFrom(0, 2 ** -20, 2 ** -12, 0.05),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(gaps, ([at, near, gap]) => {
        const steps = [gap, gap, 1].map((step, i) => (i === at ? near : step));
        const y = steps.reduce((all, step) => [...all, all[all.length - 1] - step], [4]);
        const error = errorOf(() =>
          checkGrads(f, [y], {
            order: 1,
            margin: (y: tf.Tensor) => selectionMargin(y, 3).margin / 2,
          }),
        );
        expect(error?.message ?? '').not.toContain('disagree');
        if (near === 0.05) {
          const margin = (y: tf.Tensor) => selectionMargin(y, 3).orderMargin / Math.SQRT2;
          expect(checkGrads(f, [y], { order: 1, margin }).failures).toBe(0);
        }
      }),
      runs(40),
    );
  });

  it('says that the gradient has a kink, at order 2', () => {
    const check = () => checkGrads((x: tf.Tensor) => x.relu().square(), [[0, 1]]);
    expect(check).toThrow('the gradient of f is not differentiable here: one-sided slopes 0 and 2');
    expect(reportOf(check)).toMatchObject({ failures: 0, kinks: 1, order: 2 });
  });

  it('still catches a gradient beyond the slopes, and one that is wrong beside a kink', () => {
    const relu = (x: tf.Tensor) => x.relu();
    const beyond = withGradient(relu, (dy) => dy.mul([3, 1]));
    const first = failedReport(() => checkGrads(beyond, [[0, 1]], FIRST_ORDER));
    expect(first).toMatchObject({ failures: 1, kinks: 0, worst: { analytic: 3 } });
    const beside = withGradient(relu, (dy) => dy.mul([0, 1.1]));
    const second = failedReport(() => checkGrads(beside, [[0, 1]], FIRST_ORDER));
    expect(second).toMatchObject({ failures: 1, kinks: 1, worst: { index: [1] } });
  });

  it('also where the central difference agrees: top-k with even ties, and |x| with any rule at 0', () => {
    const even = (y: tf.Tensor) => topk(y, 1, { tieGradient: 'even' }).values.sum();
    const check = () => checkGrads(even, [[2, 2, 1]], FIRST_ORDER);
    expect(check).toThrow(
      'f is not differentiable here: one-sided slopes 0 and 1 in ∂f / ∂inputs[0][0]; the gradient 0.5 lies between',
    );
    expect(reportOf(check)).toMatchObject({ failures: 0, kinks: 2 });

    const others = fc.array(fc.float({ min: -9, max: 9, noNaN: true }), { maxLength: 3 });
    const rule = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(rule, others, fc.boolean(), (rule, others, isSum) => {
        const abs = withGradient(
          (x) => x.abs(),
          (dy, x) => dy.mul(x.sign().add(x.equal(0).toFloat().mul(rule))),
        );
        const f = (x: tf.Tensor) => (isSum ? abs(x).sum() : abs(x));
        const x = [0, ...others.filter((entry) => Math.abs(entry) > 0.1)];
        const report = reportOf(() => checkGrads(f, [x], FIRST_ORDER));
        expect(report).toMatchObject({
          failures: 0,
          kinks: 1,
          worst: { index: [0], jump: null },
        });
        expect(report.worst?.kink).toBeCloseToTensor([-1, 1], 1e-4);
      }),
      runs(100),
    );
  });

  it('down to a gap of 5e-4 f / x between the slopes, of which float32 hides less', () => {
    const check = (gap: number) => () => {
      const kinked = withGradient(
        (x) => x.abs().mul(gap / 2),
        (dy) => dy.mul(0),
      );
      const f = (z: tf.Tensor, y: tf.Tensor) => kinked(z.sub(3)).add(y).sum();
      return checkGrads(f, [[3], [3]], FIRST_ORDER); // f is 3
    };
    expect(reportOf(check(1e-3))).toMatchObject({ failures: 0, kinks: 1 });
    expect(check(1e-4)().kinks).toBe(0);
  });

  it('at every tie of topk with either rule, and at none where nothing ties', () => {
    const y = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 6 });
    let ties = 0;
    fc.assert(
      fc.property(y, fc.nat(), fc.constantFrom('first', 'even'), (y, seed, tieGradient) => {
        const k = 1 + (seed % (y.length - 1));
        const f = (y: tf.Tensor) => topk(y, k, { tieGradient }).values.sum();
        const check = () => checkGrads(f, [y], FIRST_ORDER);
        const threshold = [...y].sort((a, b) => b - a)[k - 1];
        const tied = y.filter((entry) => entry === threshold).length;
        const above = y.filter((entry) => entry > threshold).length;
        if (above + tied === k) expect(check().kinks).toBe(0);
        else expect(reportOf(check)).toMatchObject({ failures: 0, kinks: tied });
        if (above + tied > k) ties++;
      }),
      runs(100),
    );
    expect(ties).toBeGreaterThan(IS_WHOLE ? 20 : 6);
  });

  it('but not where a kink is near, and the gradient right', () => {
    const distances = fc.double({ min: 1e-4, max: 0.05, noNaN: true });
    fc.assert(
      fc.property(distances, fc.boolean(), (distance, isAbove) => {
        const at = isAbove ? 1 + distance : 1 - distance;
        const f = (x: tf.Tensor) => x.sub(at).abs();
        expect(errorOf(() => checkGrads(f, [[1]], FIRST_ORDER))).toBeNull();
      }),
      runs(60),
    );
  });

  it('in thousands of entries, in a few seconds', () => {
    const started = performance.now();
    const relu = (x: tf.Tensor) => x.relu().sum();
    const report = reportOf(() => checkGrads(relu, [tf.zeros([1000])], FIRST_ORDER));
    expect(report).toMatchObject({ failures: 0, kinks: 1000 });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('that no entry alone shows: tf.max gives the whole gradient to each of the largest', () => {
    for (const [f, y, ties] of [
      [(y: tf.Tensor) => tf.max(y), [2, 2, 1], 2],
      [(y: tf.Tensor) => tf.max(y), [0, 3, 3, 3], 3],
      [(y: tf.Tensor) => tf.min(y), [5, -4, -4], 2],
    ] as [(y: tf.Tensor) => tf.Tensor, number[], number][]) {
      const check = () => checkGrads(f, [y], FIRST_ORDER);
      expect(check).toThrow(
        `checkGrads: order 1: the gradient at a kink is no subgradient, most in ∂f / ∂inputs[0], its ${String(ties)} entries at a kink together:\n  analytic   ${String(ties)}`,
      );
      expect(check).toThrow('Each alone is between the slopes on both sides.');
      const { worst, ...counts } = reportOf(check);
      expect(counts).toMatchObject({ failures: 1, kinks: ties, entries: y.length });
      expect(worst).toMatchObject({ index: null, kink: null, jump: null });
      expect(worst?.analytic).toBeCloseTo(ties, 3);
      expect(worst?.slopes).toBeCloseToTensor([1, 1], 1e-3);
    }
    const once = (y: tf.Tensor) => topk(y, 1).values.sum();
    expect(reportOf(() => checkGrads(once, [[2, 2, 1]], FIRST_ORDER)).failures).toBe(0);
  });

  it('in any output, in which of the directions it shows', () => {
    const weighted = (y: tf.Tensor) => tf.stack([y.sum(), tf.max(y.mul([1, 2, 3]))]);
    const check = () => checkGrads(weighted, [[6, 3, 1]], FIRST_ORDER);
    const { worst, kinks, failures } = reportOf(check);
    expect({ kinks, failures }).toEqual({ kinks: 2, failures: 1 });
    expect(worst?.name).toMatch(
      /^∂f\[1\] \/ ∂inputs\[0\], (a random combination of )?its 2 entries/,
    );
    const [least, largest] = worst?.slopes ?? [NaN, NaN];
    const outside = Math.max(least - (worst?.analytic ?? NaN), (worst?.analytic ?? NaN) - largest);
    expect(outside).toBeCloseTo(worst?.error ?? NaN, 6);
    expect(outside).toBeGreaterThan(worst?.tolerance ?? NaN);
  });

  it('only where the shares of a tie do not add up', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 5 });
    const others = fc.array(fc.integer({ min: -3, max: 0 }), { maxLength: 3 });
    let wrong = 0;
    fc.assert(
      fc.property(
        shares,
        others,
        fc.boolean(),
        fc.constantFrom(1, 40),
        (shares, others, isRight, size) => {
          const total = shares.reduce((a, b) => a + b, 0);
          fc.pre(total > 0);
          const θ = isRight
            ? shares.map((share) => share / total)
            : shares.map((share) => share / 10);
          const sum = θ.reduce((a, b) => a + b, 0);
          fc.pre(isRight || Math.abs(sum - 1) > 0.05);
          const f = withGradient(
            (y) => tf.max(y),
            (dy) => dy.mul(tf.tensor([...θ, ...others.map(() => 0)])),
          );
          const y = [...θ.map(() => size), ...others];
          const report = reportOf(() => checkGrads(f, [y], FIRST_ORDER));
          expect(report).toMatchObject({ failures: isRight ? 0 : 1, kinks: θ.length });
          if (!isRight) wrong++;
        },
      ),
      runs(100),
    );
    expect(wrong).toBeGreaterThan(IS_WHOLE ? 30 : 10);
  });

  it('and calls no limit of gradients wrong, of any function of sorted values', () => {
    const weights = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(weights, fc.nat(), (weights, seed) => {
        const n = weights.length;
        const random = generator(seed);
        const y = weights.map(() => 1 + Math.floor(2 * random()));
        const f = (y: tf.Tensor) => topk(y, n).values.mul(weights).sum();
        const message = errorOf(() => checkGrads(f, [y], FIRST_ORDER))?.message ?? '';
        expect(message).not.toMatch(/disagree|no subgradient/);
      }),
      runs(100),
    );
  });

  it('finds every tied entry of a maximum with any slopes', () => {
    const slopes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(slopes, fc.integer({ min: 1, max: 100 }), (a, value) => {
        const f = (y: tf.Tensor) => topk(y.mul(a), 1).values.sum();
        const y = a.map((slope) => (value * 60) / slope); // 60 is a multiple of every slope: exact ties
        const report = reportOf(() => checkGrads(f, [y], FIRST_ORDER));
        expect(report).toMatchObject({ failures: 0, kinks: a.length });
      }),
      runs(60),
    );
  });
});
