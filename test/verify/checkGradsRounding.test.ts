import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { checkGrads } from '../../src/index.ts';
import { IS_WHOLE } from '../isWhole.ts';
import { errorOf } from './errorOf.ts';
import { failedReport } from './failedReport.ts';
import { runs } from './runs.ts';
import { withGradient } from './withGradient.ts';

const FIRST_ORDER = { order: 1 } as const;

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

  it.each([1e-25, 1e-30, 1e-37])('says so of x² where it underflows to 0, at %d', (x) => {
    const f = (x: tf.Tensor) => x.square().sum();
    expect(() => checkGrads(f, [[x, 2 * x]], FIRST_ORDER)).toThrow('below the rounding error of f');
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
