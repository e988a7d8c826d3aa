import * as tf from '@tensorflow/tfjs';
import { compareGradients, hessian, topk } from '../../src/index.ts';
import thread from '../../experiments/thread.json';

describe('hessian', () => {
  it('of Σ v² is 2 on the selected entries and 0 elsewhere', () => {
    const f = (y: tf.Tensor) => topk(y, 2).values.square().sum();
    expect(hessian(f)([3, 1, 2])).toEqualTensor([
      [2, 0, 0],
      [0, 0, 0],
      [0, 0, 2],
    ]);
  });

  it('in W has k eigenvalues 2‖x‖² and otherwise 0: three of 2.642141 for the thread’s numbers', () => {
    const x = tf.tensor1d(thread.x);
    const H = hessian((W: tf.Tensor2D) => topk(tf.dot(W, x), thread.k).values.square().sum())(
      tf.tensor2d(thread.W),
    ).reshape([36, 36]);
    const eigenvalue = 2 * x.square().sum().dataSync()[0];
    expect(eigenvalue).toBeCloseTo(2.642141, 6);
    // H² = λ H: all eigenvalues are λ or 0, and the trace counts those that are λ.
    expect(compareGradients(H.matMul(H), H.mul(eigenvalue)).maxAbsDiff).toBeLessThan(1e-6);
    expect(compareGradients(H, H.transpose()).maxUlps).toBe(0);
    const trace = H.mul(tf.eye(36)).sum().dataSync()[0];
    expect(trace / eigenvalue).toBeCloseTo(3, 6);
  });

  it.each([[[]], [[4]], [[2, 3]], [[0]]])(
    'of a cubic function of x of shape %p is the one by hand',
    (shape) => {
      const n = tf.util.sizeFromShape(shape);
      const x = tf.range(1, n + 1).reshape(shape);
      // f = (Σx) Σx²: ∂²f / ∂xᵢ ∂xⱼ = 2 xᵢ + 2 xⱼ, and 2 Σx more for i = j.
      const H = hessian((x: tf.Tensor) => x.sum().mul(x.square().sum()))(x);
      expect(H.shape).toEqual([...shape, ...shape]);
      const entries = Array.from(x.dataSync());
      const sum = entries.reduce((a, b) => a + b, 0);
      const expected = entries.map((a, i) =>
        entries.map((b, j) => 2 * a + 2 * b + (i === j ? 2 * sum : 0)),
      );
      expect(H.reshape([n, n])).toEqualTensor(tf.tensor2d(expected.flat(), [n, n]));
    },
  );

  it('is zero for a linear or constant function', () => {
    expect(hessian((x: tf.Tensor) => x.sum())([1, 2])).toEqualTensor(tf.zeros([2, 2]));
    expect(hessian(() => tf.scalar(3))([1])).toEqualTensor([[0]]);
  });

  it('names itself where f has no second derivative', () => {
    const loss = (x: tf.Tensor) => topk(x, 1, { tieGradient: 'even' }).values.square().sum();
    const message = "hessian: tieGradient 'even' has no gradient of order 2 at a tie";
    expect(() => hessian(loss)([1, 1])).toThrow(message);
  });

  it('refuses an f that returns no scalar, and an x that is not float32', () => {
    expect(() => hessian((x: tf.Tensor) => x)([1, 2])).toThrow(
      'hessian: f must return a scalar, got shape [2]',
    );
    expect(() => hessian(() => 'x' as unknown as tf.Tensor)([1])).toThrow(
      'hessian: f must return a tensor, got "x"',
    );
    expect(() => hessian((x: tf.Tensor) => x.sum())(tf.tensor1d([1], 'int32'))).toThrow(
      'hessian: x must be float32, got int32',
    );
  });

  it('refuses anything but a function', () => {
    expect(() => hessian(3 as never)).toThrow('hessian: f must be a function, got 3');
  });
});
