import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { checkGrads, topkLinear } from '../../src/index.ts';
import { failedReport } from './failedReport.ts';
import { runs } from './runs.ts';
import { withGradient } from './withGradient.ts';

const FIRST_ORDER = { order: 1 } as const;

type Operation = (x: tf.Tensor) => tf.Tensor;

/** f with a gradient that is off by so much at one number, and right everywhere else. */
const wrongAt = (point: number, f: Operation, derivative: Operation, error: number) =>
  withGradient(f, (dy, x) => {
    const fault = x.equal(point).cast('float32').mul(error);
    return dy.mul(derivative(x).add(fault));
  });

describe('checkGrads, of a rule that is wrong at the point alone', () => {
  it.each<[string, Operation, Operation]>([
    ['2x', (x) => x.mul(2), (x) => tf.fill(x.shape, 2)],
    ['x²', (x) => x.square(), (x) => x.mul(2)],
    ['sin 3x', (x) => x.mul(3).sin(), (x) => x.mul(3).cos().mul(3)],
    ['exp x', (x) => x.exp(), (x) => x.exp()],
    ['x |x|', (x) => x.mul(x.abs()), (x) => x.abs().mul(2)],
  ])('fails, for f = %s', (_, f, derivative) => {
    const numbers = fc.oneof(
      fc.constantFrom(0, 1, -1, 0.5),
      fc.float({ min: -2, max: 2, noNaN: true }),
    );
    const errors = fc.constantFrom(-1, -0.3, 0.05, 0.3, 3);
    fc.assert(
      fc.property(numbers, errors, (point, error) => {
        const check = (error: number) =>
          checkGrads(wrongAt(point, f, derivative, error), [[point, 1.75]], FIRST_ORDER);
        expect(failedReport(() => check(error)).worst?.index).toEqual([0]);
        expect(check(0).failures).toBe(0);
      }),
      runs(60),
    );
  });

  it('fails for the first of tied rows in a batch, where the loss is w₁² + w₂²; passes for equal shares', () => {
    const [W, X] = [[[1], [1]], tf.tensor2d([[1], [-1]])];
    const lossOf = (tieGradient: 'first' | 'even') => (W: tf.Tensor) =>
      topkLinear(W as tf.Tensor2D, X, 1, { tieGradient })
        .values.square()
        .sum();
    const { failures, kinks } = failedReport(() => checkGrads(lossOf('first'), [W], FIRST_ORDER));
    expect([failures, kinks]).toEqual([2, 0]);
    expect(checkGrads(lossOf('even'), [W], FIRST_ORDER).failures).toBe(0);
  });
});
