import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { checkGrads } from '../../src/index.ts';
import { errorOf, reportOf } from './errorOf.ts';
import { failedReport } from './failedReport.ts';
import { runs } from './runs.ts';
import { withGradient } from './withGradient.ts';

const FIRST_ORDER = { order: 1 } as const;

/** Numbers between two whole numbers: from `least` to `most`, and a part of 1 more. */
const between = (least: number, most: number, part: { min: number; max: number }) =>
  fc
    .tuple(fc.integer({ min: least, max: most }), fc.double({ ...part, noNaN: true }))
    .map(([whole, rest]) => whole + rest);

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
    const entry = between(1, 900, { min: 0.05, max: 0.45 });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 2, maxLength: 2 }), fc.boolean(), (x, isBelow) => {
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
    const entry = between(-3000, 3000, { min: 0.1, max: 0.9 });
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
    const entry = between(-900, 900, { min: 0.05, max: 0.45 });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 2, maxLength: 2 }), (x) => {
        expect(errorOf(() => checkGrads((x: tf.Tensor) => x.floor(), [x], FIRST_ORDER))).toBeNull();
        failedReport(() => checkGrads(round, [x], FIRST_ORDER));
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
