import * as tf from '@tensorflow/tfjs';
import { compareGradients, jacobian, selectionMatrix, topk } from '../../src/index.ts';

describe('jacobian', () => {
  it('of top-k is the selection matrix, to the bit', () => {
    for (const [n, k] of [
      [1, 1],
      [5, 2],
      [9, 9],
      [100, 7],
    ]) {
      const y = tf.randomNormal([n], 0, 1, 'float32', n);
      const J = jacobian((y: tf.Tensor) => topk(y, k).values)(y);
      expect(J.shape).toEqual([k, n]);
      expect(compareGradients(J, selectionMatrix(topk(y, k).indices, n)).maxUlps).toBe(0);
    }
  });

  it('of W ↦ Wx has the shape [n, n, d], where slice i has x in row i', () => {
    const [W, x] = [tf.ones([2, 3]), tf.tensor1d([4, 5, 6])];
    const J = jacobian((W) => tf.dot(W, x))(W);
    expect(J).toEqualTensor([
      [
        [4, 5, 6],
        [0, 0, 0],
      ],
      [
        [0, 0, 0],
        [4, 5, 6],
      ],
    ]);
  });

  it.each([
    [[], [], [[]]],
    [[3], [], [[3]]],
    [[], [3], [[3]]],
    [[2, 3], [4], [[4, 2, 3]]],
    [[0], [2], [[2, 0]]],
    [[2], [0], [[0, 2]]],
    [[0, 3], [0], [[0, 0, 3]]],
  ])('of a function from shape %p to shape %p has the shape %p', (from, to, [shape]) => {
    const f = (x: tf.Tensor) => tf.add(tf.zeros(to), x.sum().mul(3));
    const J = jacobian(f)(tf.ones(from));
    expect(J).toEqualTensor(tf.fill(shape, 3));
  });

  it('is zero where f does not depend on x, and the identity where f returns x', () => {
    expect(jacobian(() => tf.tensor1d([1, 2]))([1, 2, 3])).toEqualTensor(tf.zeros([2, 3]));
    expect(jacobian((x) => x)([5, 6])).toEqualTensor(tf.eye(2));
  });

  it('is differentiable itself, so that Jacobians nest', () => {
    const cubes = (x: tf.Tensor) => x.mul(x).mul(x);
    const third = jacobian(jacobian(jacobian(cubes)))([1, 2]);
    expect(third.shape).toEqual([2, 2, 2, 2]);
    expect(third.sum()).toEqualTensor(12); // 6 at [0,0,0,0] and at [1,1,1,1]
  });

  it('takes what f has from outside, computed from x, for a constant, within an outer gradient, too', () => {
    let inside: tf.Tensor | undefined;
    const trace = (x: tf.Tensor) => {
      const squares = x.square();
      const J = jacobian((v: tf.Tensor) => v.mul(squares))(x);
      inside = tf.keep(J.clone());
      return J.sum(); // Σ x²
    };
    expect(tf.grad(trace)(tf.tensor1d([1, 3]))).toEqualTensor([2, 6]);
    expect(inside).toEqualTensor([[1, 0], [0, 9]]); // prettier-ignore
    inside?.dispose();
  });

  it('of a function with one output is differentiable twice, too', () => {
    const cube = (x: tf.Tensor) => x.square().mul(x).sum();
    const penalty = (x: tf.Tensor) => jacobian(cube)(x).square().sum(); // Σ 9 x⁴
    const second = tf.grad((x) => tf.grad(penalty)(x).sum());
    expect(second(tf.tensor1d([1, 2]))).toEqualTensor([108, 432]);
  });

  it('takes one backward pass for each output', () => {
    let passes = 0;
    const counted = tf.customGrad((x) => ({
      value: tf.mul(x as tf.Tensor, 2),
      gradFunc: (dy: tf.Tensor) => {
        passes++;
        return dy.mul(2);
      },
    }));
    jacobian((x: tf.Tensor) => counted(x).slice(0, 3))(tf.ones([50]));
    expect(passes).toBe(3);
  });

  it('refuses an f that returns no float32 tensor, and an x that is not float32', () => {
    for (const [f, got] of [
      [() => 3, 'a tensor, got 3'],
      [() => undefined, 'a tensor, got undefined'],
      [() => null, 'a tensor, got null'],
      [(x: tf.Tensor) => topk(x, 1).indices, 'float32, got int32'],
      [(x: tf.Tensor) => x.greater(0), 'float32, got bool'],
    ] as [(x: tf.Tensor) => tf.Tensor, string][]) {
      expect(() => jacobian(f)([1, 2])).toThrow(`jacobian: f must return ${got}`);
    }
    const identity = jacobian((x) => x);
    expect(() => identity(tf.tensor1d([1], 'int32'))).toThrow(
      'jacobian: x must be float32, got int32',
    );
    expect(() => identity(Int32Array.of(1))).toThrow('jacobian: x must be float32, got int32');
    expect(() => identity(['a'])).toThrow('jacobian: x must be a tensor or an array of numbers');
  });

  it('passes on why an operation has no gradient', () => {
    expect(() => jacobian((x: tf.Tensor) => x.cumprod())([1, 2])).toThrow(
      'gradient function not found for Cumprod',
    );
  });

  it('refuses anything but a function', () => {
    expect(() => jacobian(3 as never)).toThrow('jacobian: f must be a function, got 3');
  });
});
