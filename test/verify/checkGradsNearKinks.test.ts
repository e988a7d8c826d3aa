import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { checkGrads, sort, topk } from '../../src/index.ts';
import { reportOf } from './errorOf.ts';
import { runs } from './runs.ts';
import { withGradient } from './withGradient.ts';

const FIRST_ORDER = { order: 1 } as const;
const sorted = (x: tf.Tensor) => sort(x).values;

/** From 1e-3 to 0.1, as many small ones as large ones. */
const distance = fc.double({ min: -3, max: -1, noNaN: true }).map((exponent) => 10 ** exponent);

describe('checkGrads near a kink', () => {
  it.each([
    ['the maximum', (x: tf.Tensor) => topk(x, 1).values.sum(), [1, 0.9998]],
    ['a sort', sorted, [1.004, 1, 0.996]],
    ['two kinks that cancel', (x: tf.Tensor) => x.clipByValue(1.01, 1.011), [1]],
    ['|x|', (x: tf.Tensor) => x.abs().sum(), [0.00008, 1]],
    ['relu beside a large number', (x: tf.Tensor) => x.relu().sum(), [0.001, 300]],
    ['relu of 0 beside a large number', (x: tf.Tensor) => x.relu().sum(), [-0.001, 300]],
  ])('finds none at a point where it is not: %s', (_, f, x) => {
    expect(checkGrads(f, [x], FIRST_ORDER)).toMatchObject({ failures: 0, kinks: 0 });
  });

  it('passes the gradient of a sort, however near two other entries are', () => {
    fc.assert(
      fc.property(distance, distance, (above, below) => {
        const report = checkGrads(sorted, [[1 + above, 1, 1 - below]], FIRST_ORDER);
        expect(report).toMatchObject({ failures: 0, kinks: 0 });
      }),
      runs(40),
    );
  });

  it.each([
    [0.01, [1.004, 1, 0.996]],
    [0.01, [1, 0.9998, 5]],
    [1, [1, 1.07, 1.0703]],
  ])('catches a rule that is wrong by %d in one entry of %j', (fault, x) => {
    const wrong = withGradient(sorted, (dy, x) => {
      const ranks = sort(sort(x).indices).indices;
      return tf.gather(dy, ranks).mul([1, 1 + fault, 1]);
    });
    expect(() => checkGrads(wrong, [x], FIRST_ORDER)).toThrow(
      'order 1: gradient and central difference disagree in 1 of 9 entries',
    );
  });

  it.each([
    ['a clip with another nearby', (x: tf.Tensor) => x.clipByValue(0.99, 1), [1]],
    ['a sort with another nearby', sorted, [1, 1, 0.98]],
  ])('gives the slopes at the point, not those beyond the next kink: %s', (_, f, x) => {
    const report = reportOf(() => checkGrads(f, [x], FIRST_ORDER));
    expect(report.failures).toBe(0);
    expect(report.worst?.kink).toBeCloseToTensor([0, 1], 1e-3);
  });

  it('calls one that rounding hides a kink, and not a wrong rule', () => {
    const x = tf.randomNormal([3000], 0, 1, 'float32', 1);
    const report = reportOf(() => checkGrads((x: tf.Tensor) => x.relu().sum(), [x], FIRST_ORDER));
    expect(report.failures).toBe(0);
    expect(report.kinks).toBeGreaterThan(0);
  });
});

describe('checkGrads where the gradient is 0', () => {
  const zero = 'the gradient in inputs[0] is zero everywhere';
  it.each([
    ['a tie at zero', (x: tf.Tensor) => topk(x, 1).values.square().sum(), [0, 0]],
    ['relu(x)²', (x: tf.Tensor) => x.relu().square().sum(), [0]],
    ['x |x|', (x: tf.Tensor) => x.mul(x.abs()).sum(), [0]],
    ['x²', (x: tf.Tensor) => x.square().sum(), [0, 0]],
    ['x³', (x: tf.Tensor) => x.pow(3).sum(), [0]],
    ['cos x', (x: tf.Tensor) => x.cos(), [0]],
  ])('passes, and says no more than that: %s', (_, f, x) => {
    const report = checkGrads(f, [x], FIRST_ORDER);
    expect(report).toMatchObject({ failures: 0, kinks: 0, belowNoise: 0, notes: [zero] });
  });

  it('catches a rule there that is not quite 0', () => {
    const f = withGradient(
      (x: tf.Tensor) => x.relu().square().sum(),
      (dy, x) => dy.mul(tf.fill(x.shape, 1e-4)),
    );
    expect(() => checkGrads(f, [[0, 0]], FIRST_ORDER)).toThrow('disagree in 2 of 2 entries');
  });

  it('says that an input has no influence only if f is the same beside it', () => {
    expect(checkGrads((x: tf.Tensor) => x.sub(x).sum(), [[1]], FIRST_ORDER).notes).toEqual([
      `${zero}: inputs[0] has no influence on f here`,
    ]);
  });
});

it('checkGrads takes a gradient that float32 holds, but not twice', () => {
  const report = checkGrads((x: tf.Tensor) => x.mul(2e38), [[0.5]], FIRST_ORDER);
  expect(report).toMatchObject({ failures: 0, entries: 1 });
  expect(() => checkGrads((x: tf.Tensor) => x.mul(2e38).mul(10), [[0.1]], FIRST_ORDER)).toThrow(
    'the gradient of f[0] must be finite, got Infinity',
  );
});
