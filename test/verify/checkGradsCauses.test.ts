import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { checkGrads, selectionMargin, topk, type GradientReport } from '../../src/index.ts';
import { IS_WHOLE } from '../isWhole.ts';
import { generator } from '../oracles/generator.ts';
import { failedReport } from './failedReport.ts';
import { withGradient } from './withGradient.ts';

const FIRST_ORDER = { order: 1 } as const;
/** A third of them without WHOLE=1; CI has it. */
const runs = (numRuns: number) => ({
  seed: 1,
  numRuns: IS_WHOLE ? numRuns : Math.ceil(numRuns / 3),
});

/** The error of a check, or null if it passes. */
const errorOf = (check: () => unknown): (Error & { cause?: unknown }) | null => {
  try {
    check();
    return null;
  } catch (error) {
    return error as Error;
  }
};
const reportOf = (check: () => unknown) => errorOf(check)?.cause as GradientReport;

describe('checkGrads, where f is rounded to a grid', () => {
  const shifted = (big: number, factor = 1) =>
    withGradient(
      (x) => x.add(big).sub(big),
      (dy) => dy.mul(factor),
    );

  it.each([3e4, 1e5])('passes (x + %d) − %d, and says what it cannot see', (big) => {
    const x = [1.25, 0.5625, 0.8125];
    expect(checkGrads(shifted(big), [x], FIRST_ORDER).failures).toBe(0);
    expect(checkGrads(shifted(big, 1.01), [x], FIRST_ORDER).uncertain).toBe(3);
    failedReport(() => checkGrads(shifted(big, 2), [x], FIRST_ORDER));
  });

  it.each([1e6, 1e7])('says that rounding hides the slopes of x + %d − %d', (big) => {
    const check = () => checkGrads(shifted(big), [[1.25, 0.5625, 0.8125]], FIRST_ORDER);
    expect(check).toThrow('every slope of f in inputs[0] is below the rounding error of f');
  });

  it('passes 1 − sigmoid(x) where it moves by a whole number of grid points', () => {
    const x = [8.23849868774414, 9.008991241455078, 10.162057876586914];
    const f = (x: tf.Tensor) => tf.sub(1, x.sigmoid());
    expect(checkGrads(f, [x], FIRST_ORDER).failures).toBe(0);
  });

  it('says that rounding hides the slopes of (1 − cos x) / x²', () => {
    const f = (x: tf.Tensor) => tf.sub(1, x.cos()).div(x.square());
    expect(() => checkGrads(f, [[0.01, 0.02, 0.03]], FIRST_ORDER)).toThrow('below the rounding');
  });

  const cancelling: Record<string, [(x: tf.Tensor) => tf.Tensor, number, number]> = {
    'x + 1e5 − 1e5': [shifted(1e5), 0.1, 3],
    'x + 1e6 − 1e6': [shifted(1e6), 0.1, 3],
    '1 − sigmoid(x)': [(x) => tf.sub(1, x.sigmoid()), 5, 14],
    '(1 − cos x) / x²': [(x) => tf.sub(1, x.cos()).div(x.square()), 0.003, 0.3],
    'log(1 + x) / x': [(x) => x.add(1).log().div(x), 1e-5, 0.1],
    '√(1 + x²) − 1': [(x) => x.square().add(1).sqrt().sub(1), 1e-3, 0.1],
    '(x − sin x) / x³': [(x) => x.sub(x.sin()).div(x.mul(x).mul(x)), 0.02, 0.5],
  };
  it.each(Object.entries(cancelling))(
    'never calls a right rule wrong: %s',
    (_, [f, least, most]) => {
      const entry = fc.float({ min: Math.fround(least), max: Math.fround(most), noNaN: true });
      fc.assert(
        fc.property(fc.array(entry, { minLength: 3, maxLength: 3 }), (x) => {
          expect(errorOf(() => checkGrads(f, [x], FIRST_ORDER))?.message ?? '').not.toContain(
            'disagree',
          );
        }),
        runs(60),
      );
    },
  );
});

describe('checkGrads of a step function', () => {
  const points = [100.3, 212.2, -310.4];
  const round = withGradient(
    (x) => x.round(),
    (dy) => dy,
  );

  it('catches a straight-through round, whose gradient is 1', () => {
    const { worst, failures } = failedReport(() => checkGrads(round, [points], FIRST_ORDER));
    expect(failures).toBe(3);
    expect(worst).toMatchObject({ analytic: 1, numeric: 0 });
  });

  it('passes tf.floor with its zero gradient, and names its steps', () => {
    const report = checkGrads((x: tf.Tensor) => x.floor(), [points], FIRST_ORDER);
    expect(report.steps).toBe(3);
    expect(report.notes).toEqual([
      'the gradient in inputs[0] is zero everywhere: f is constant here, and jumps nearby',
    ]);
  });

  it.each([
    ['many jumps within the step', [100.3, 212.2, -310.4]],
    ['none', [1.5, 2.25]],
  ])('catches tfjs’s gradient of a cast to int32, which is 1: %s', (_, x) => {
    const truncate = (x: tf.Tensor) => x.toInt().toFloat();
    const { worst, failures } = failedReport(() => checkGrads(truncate, [x], FIRST_ORDER));
    expect(failures).toBe(x.length);
    expect(worst).toMatchObject({ analytic: 1, numeric: 0 });
    const withoutGradient = withGradient(truncate, (dy) => dy.mul(0));
    expect(checkGrads(withoutGradient, [x], FIRST_ORDER).failures).toBe(0);
  });

  it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['floor', (x) => x.floor()],
    ['ceil', (x) => x.ceil()],
    ['round', (x) => x.round()],
    ['toInt', (x) => x.toInt().toFloat()],
    ['floorDiv', (x) => x.floorDiv(tf.scalar(1)).toFloat()],
    ['x − mod(x, 1)', (x) => x.sub(x.mod(1))],
  ])('knows %s for one: between two jumps the slope is 0', (_, f) => {
    const between = fc
      .tuple(fc.integer({ min: 1, max: 900 }), fc.double({ min: 0.05, max: 0.45, noNaN: true }))
      .map(([whole, part]) => whole + part);
    fc.assert(
      fc.property(fc.array(between, { minLength: 2, maxLength: 2 }), fc.boolean(), (x, isBelow) => {
        const points = x.map((entry) => (isBelow ? -entry : entry));
        const zero = withGradient(f, (dy) => dy.mul(0));
        expect(checkGrads(zero, [points], FIRST_ORDER).failures).toBe(0);
        const straight = withGradient(f, (dy) => dy);
        expect(failedReport(() => checkGrads(straight, [points], FIRST_ORDER)).failures).toBe(2);
      }),
      runs(40),
    );
  });

  it('sees the slope between the jumps of x mod m, however many are within the step', () => {
    const entry = fc
      .tuple(fc.integer({ min: -3000, max: 3000 }), fc.double({ min: 0.1, max: 0.9, noNaN: true }))
      .map(([whole, part]) => whole + part);
    fc.assert(
      fc.property(entry, fc.constantFrom(1, 2.5, -3), (x, m) => {
        const f = (x: tf.Tensor) => x.mod(m);
        fc.pre(Math.abs(x / m - Math.round(x / m)) > 0.05);
        expect(checkGrads(f, [[x]], FIRST_ORDER).failures).toBe(0);
        for (const slope of [0, 0.95]) {
          const wrong = withGradient(f, (dy) => dy.mul(slope));
          expect(failedReport(() => checkGrads(wrong, [[x]], FIRST_ORDER)).failures).toBe(1);
        }
      }),
      runs(100),
    );
  });

  it('does both at other points as well', () => {
    const entry = fc
      .tuple(fc.integer({ min: -900, max: 900 }), fc.double({ min: 0.05, max: 0.45, noNaN: true }))
      .map(([whole, part]) => whole + part);
    fc.assert(
      fc.property(fc.array(entry, { minLength: 2, maxLength: 2 }), (x) => {
        expect(errorOf(() => checkGrads((x: tf.Tensor) => x.floor(), [x], FIRST_ORDER))).toBeNull();
        failedReport(() => checkGrads(round, [x], FIRST_ORDER));
      }),
      runs(60),
    );
  });
});

describe('checkGrads of features that are small', () => {
  const bump = (x: tf.Tensor) => x.sub(300).square().neg().exp().mul(50);
  const f = (x: tf.Tensor) => x.square().add(bump(x));

  it('passes x² + 50 exp(−(x − 300)²) at 300.7, and catches the rule without the bump', () => {
    expect(checkGrads(f, [[300.7]], FIRST_ORDER).failures).toBe(0);
    const wrong = withGradient(f, (dy, x) => dy.mul(x).mul(2));
    expect(
      failedReport(() => checkGrads(wrong, [[300.7]], FIRST_ORDER)).worst?.numeric,
    ).toBeCloseTo(558.5, 0);
  });

  it('passes an entry that is much smaller than the others: sin(1e6 x₀) + sin(x₁)', () => {
    const g = (x: tf.Tensor) => x.mul([1e6, 1]).sin().sum();
    expect(checkGrads(g, [[1e-6, 1]]).failures).toBe(0);
    const wrong = withGradient(g, (dy, x) => dy.mul(x.mul([1e6, 1]).cos()).mul([1.01e6, 1]));
    expect(failedReport(() => checkGrads(wrong, [[1e-6, 1]], FIRST_ORDER)).worst?.index).toEqual([
      0,
    ]);
  });

  it('catches a rule that ignores the small feature of a small entry', () => {
    const g = (x: tf.Tensor) => x.add(x.mul([1e6, 1]).sin().mul([1e-6, 1]));
    const wrong = withGradient(g, (dy, x) => dy.mul(tf.onesLike(x).add(x.cos().mul([0, 1]))));
    expect(checkGrads(g, [[1e-6, 1]], FIRST_ORDER).failures).toBe(0);
    failedReport(() => checkGrads(wrong, [[1e-6, 1]], FIRST_ORDER));
  });

  it('does so for bumps of any place and width down to a 300th of the entry', () => {
    const cases = fc.record({
      centre: fc.double({ min: 50, max: 1000, noNaN: true }),
      ratio: fc.double({ min: 1 / 300, max: 1 / 20, noNaN: true }),
      offset: fc.double({ min: 0.3, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ centre, ratio, offset }) => {
        const width = ratio * centre;
        const g = (x: tf.Tensor) => x.sub(centre).div(width).square().neg().exp().mul(width).add(x);
        const x = [centre + offset * width];
        expect(errorOf(() => checkGrads(g, [x], FIRST_ORDER))).toBeNull();
        failedReport(() =>
          checkGrads(
            withGradient(g, (dy) => dy),
            [x],
            FIRST_ORDER,
          ),
        );
      }),
      runs(60),
    );
  });
});

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

  it('also where it does not show along the entries: the second of three equal values', () => {
    const second = (y: tf.Tensor) => topk(y, 2).values.slice(1);
    const check = () => checkGrads(second, [[1, 1, 1, 0]], FIRST_ORDER);
    expect(check).toThrow('f is not differentiable here: one-sided slopes 0 and 1');
    expect(reportOf(check)).toMatchObject({ failures: 0, kinks: 1 });
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

describe('checkGrads at a jump', () => {
  const constant = (f: (x: tf.Tensor) => tf.Tensor) => withGradient(f, (dy) => dy.mul(0));
  const equal = (f: (x: tf.Tensor) => tf.Tensor) => withGradient(f, (dy) => dy);
  it.each<[string, (x: tf.Tensor) => tf.Tensor, [number, number]]>([
    ['floor', (x) => x.floor(), [1, 2]],
    ['ceil', (x) => x.ceil(), [2, 3]],
    ['mod', (x) => x.mod(2), [2, 0]],
    ['a cast', constant((x) => x.toInt().toFloat()), [1, 2]],
    ['sign', (x) => x.sub(2).sign(), [-1, 1]],
    ['step', (x) => x.sub(2).step(), [0, 1]],
    ['a comparison', constant((x) => x.less(2).toFloat()), [1, 0]],
    ['where', equal((x) => tf.where(x.less(2), x, x.add(5))), [2, 7]],
    ['round', (x) => x.add(0.5).round(), [2, 3]],
  ])('says that f jumps: %s', (_, f, jump) => {
    const check = () => checkGrads(f, [[1.75, 2, 3.25]], FIRST_ORDER);
    expect(check).toThrow(
      /^checkGrads: f jumps here: from .* to .* within 0\.00000\d+, in ∂f\[1\] \/ ∂inputs\[0\]\[1\]; it has no gradient\n {2}It is not differentiable in 1 of 9 entries; the other entries agree\./,
    );
    const report = reportOf(check);
    expect(report).toMatchObject({ failures: 0, kinks: 1, worst: { index: [1], kink: null } });
    expect(report.worst?.jump).toBeCloseToTensor(jump, 1e-5);
  });

  it('at any whole number, whatever else is in the input', () => {
    const whole = fc.integer({ min: -3000, max: 3000 });
    fc.assert(
      fc.property(whole, fc.double({ min: -5000, max: 5000, noNaN: true }), (n, other) => {
        fc.pre(n !== 0 && Math.abs(other - Math.round(other)) > 0.1);
        for (const f of [(x: tf.Tensor) => x.floor(), (x: tf.Tensor) => x.mod(1)]) {
          const report = reportOf(() => checkGrads(f, [[n, other]], FIRST_ORDER));
          expect(report).toMatchObject({ failures: 0, kinks: 1, worst: { index: [0] } });
        }
      }),
      runs(60),
    );
  });

  it('also where no kernel tells of it: a function that reads its data', () => {
    const f = withGradient(
      (x) => tf.tensor(x.dataSync().map((entry) => entry + Number(entry >= 1))),
      (dy) => dy,
    );
    const check = () => checkGrads(f, [[1, 2.5]], FIRST_ORDER);
    expect(check).toThrow('f jumps here: from');
    expect(reportOf(check).worst?.jump).toBeCloseToTensor([1, 2], 1e-5);
    expect(checkGrads(f, [[1.01, 2.5]], FIRST_ORDER).failures).toBe(0);
  });

  it('of the gradient at order 2, but of f at order 1', () => {
    const f = withGradient(
      (x) => x.square(),
      (dy, x) =>
        dy.mul(
          withGradient(
            (x) => x.mul(2).add(x.greaterEqual(1).toFloat().mul(1e-4)),
            (d) => d.mul(2),
          )(x),
        ),
    );
    expect(() => checkGrads(f, [[1]])).toThrow(
      'checkGrads: the gradient of f jumps here: from 2 to 2.0001',
    );
  });

  it('never, where f is only rounded to a grid', () => {
    const grid = fc.constantFrom(1e3, 1e4, 1e5, 1e6, 1e7);
    const entry = fc.float({ min: 0.125, max: 8, noNaN: true });
    fc.assert(
      fc.property(grid, fc.array(entry, { minLength: 1, maxLength: 3 }), (big, x) => {
        const f = (x: tf.Tensor) => x.add(big).sub(big);
        expect(errorOf(() => checkGrads(f, [x], FIRST_ORDER))?.message ?? '').not.toContain(
          'jumps',
        );
      }),
      runs(200),
    );
  });
});

describe('checkGrads says', () => {
  it('that the gradient is zero everywhere: a softmax after top-k with k = 1', () => {
    const gate = (logits: tf.Tensor) => topk(logits, 1).values.softmax();
    expect(checkGrads(gate, [[2, 1, 0]]).notes).toEqual([
      'the gradient in inputs[0] is zero everywhere: inputs[0] has no influence on f here',
    ]);
  });

  it('which input has no influence on f, and nothing of an empty one', () => {
    const f = (x: tf.Tensor, _: tf.Tensor, empty: tf.Tensor) => x.square().sum().add(empty.sum());
    const { notes } = checkGrads(f, [[1, 2], [3], tf.zeros([0])]);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('inputs[1] has no influence on f');
  });

  it('that a gradient is lost: it is zero everywhere, f is not constant', () => {
    const f = (x: tf.Tensor) => tf.tensor(x.dataSync()).square();
    expect(() => checkGrads(f, [[1, 2]])).toThrow(
      /Note: the gradient in inputs\[0\] is zero everywhere\.$/,
    );
  });

  it('that a rule gives something else at each call', () => {
    let calls = 0;
    const random = withGradient(
      (x) => x.square(),
      (dy, x) => dy.mul(x).mul(2 + (calls++ % 2)),
    );
    expect(() => checkGrads(random, [[1, 2]])).toThrow(
      'checkGrads: the gradient of f in inputs[0] must be the same at each call, got 2 and 3',
    );
  });

  it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['Tanh', (x) => x.tanh()],
    ['Exp', (x) => x.exp()],
    ['Sigmoid', (x) => x.sigmoid()],
    ['Softmax', (x) => x.softmax().mul([1, 2])],
    ['Elu', (x) => x.elu()],
    ['Pow', (x) => tf.pow(2, x)],
  ])('that order 1 agrees, and that the second derivative of %s is wrong in tfjs', (kernel, f) => {
    const check = () => checkGrads(f, [[0.3, -0.5]]);
    expect(check).toThrow('checkGrads: order 2: gradient and central difference disagree');
    expect(check).toThrow('The gradient itself, order 1, agrees.');
    expect(check).toThrow(`f uses ${kernel}, whose second derivative is wrong in tfjs`);
    expect(reportOf(check).order).toBe(2);
  });

  it('how many entries it compared of the order that fails, without those of order 1', () => {
    const entries = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(entries, fc.boolean(), (n, isSum) => {
        const x = Array.from({ length: n }, (_, i) => 0.3 + 0.2 * i);
        const f = (x: tf.Tensor) => (isSum ? x.exp().sum() : x.exp());
        const check = () => checkGrads(f, [x]);
        const wrong = isSum ? n : 1; // the gradient of one output at a time, and it stops at the first that fails
        const all = n === 1 ? '1 entry' : `${String(n * n)} entries`;
        expect(check).toThrow(`disagree in ${String(wrong)} of ${all}, most in`);
        expect(reportOf(check).entries).toBe((isSum ? n : n * n) + n * n);
      }),
      runs(20),
    );
  });

  it('the same of a kink of the gradient', () => {
    const check = () => checkGrads((x: tf.Tensor) => x.relu().square().sum(), [[0, 1]]);
    expect(check).toThrow('There is a kink in 1 of 4 entries');
  });

  it('the same of a model that contains tf.tanh, in every input', () => {
    const [W, V] = [tf.randomNormal([4, 3], 0, 1, 'float32', 1), tf.ones([2, 4])];
    const model = (W: tf.Tensor, x: tf.Tensor) => tf.dot(V, tf.dot(W, x).tanh()).square().sum();
    expect(checkGrads(model, [W, [0.5, -0.2, 0.3]], FIRST_ORDER).failures).toBe(0);
    const message = errorOf(() => checkGrads(model, [W, [0.5, -0.2, 0.3]]))?.message;
    expect(message).toContain('The gradient itself, order 1, agrees.');
    expect(message).toContain('f uses Tanh, whose second derivative is wrong in tfjs');
  });

  it('nothing of tfjs if the fault is in order 1', () => {
    const wrong = withGradient(
      (x) => x.exp(),
      (dy) => dy,
    );
    const message = errorOf(() => checkGrads(wrong, [[1]]))?.message;
    expect(message).toContain('order 1: ');
    expect(message).not.toContain('tfjs');
  });
});

describe('checkGrads of a sum of many entries', () => {
  it.each(IS_WHOLE ? [4096, 8192] : [4096])(
    'catches a fault of 1 %% in one of %d, or counts it as uncertain',
    (n) => {
      const x = tf.randomNormal([n], 0, 1, 'float32', 3);
      const faults = tf.addN([1000, 2345].map((j) => tf.oneHot(j, n))).mul(0.01); // x = −1.6 and 0.24
      const f = withGradient(
        (x) => x.square().sum(),
        (dy, x) => dy.mul(x).mul(2).mul(faults.add(1)),
      );
      const { failures, uncertain, worst } = failedReport(() => checkGrads(f, [x], FIRST_ORDER));
      expect({ failures, worst: worst?.index }).toEqual({ failures: 1, worst: [1000] });
      expect(uncertain).toBeGreaterThan(0);
    },
  );
});
