import * as tf from '@tensorflow/tfjs';
import { checkGrads, hessian, quantile, type Interpolation } from '../src/index.ts';
import numpy from './oracles/quantile.json';

type Nested = number | null | Nested[];

/** NaN is null in JSON. */
const numbers = (list: Nested): tf.TensorLike =>
  Array.isArray(list) ? (list.map(numbers) as number[]) : (list ?? NaN);

describe('quantile', () => {
  it.each(numpy.cases)('equals NumPy’s: case $#, axis $axis, $method', (given) => {
    const options = {
      interpolation: given.method as Interpolation,
      ...(given.axis !== null && { axis: given.axis }),
    };
    const x = numbers(given.x);
    const found = quantile(x, numpy.qs, options);
    const expected = numbers(given.values);
    expect(found).toBeCloseToTensor(tf.tensor(expected), { absolute: 1e-6, relative: 3e-7 });
    numpy.qs.forEach((q, i) => {
      const alone = tf.gather(tf.tensor(expected), i);
      const one = quantile(x, q, options);
      expect(one).toBeCloseToTensor(alone, { absolute: 1e-6, relative: 3e-7 });
    });
  });

  it('has gradients that checkGrads confirms, to order 2', () => {
    const x = [[3, 1, -2, 2.5], [0.5, -1, 4, 1.5]]; // prettier-ignore
    for (const axis of [0, 1, undefined]) {
      const f = (x: tf.Tensor) => quantile(x, [0.1, 0.5, 0.7], { axis }).square().sum();
      expect(checkGrads(f, [x]).failures).toBe(0);
    }
  });

  it('has a second derivative, for a list of one q as for q', () => {
    const of = (q: number | number[]) => hessian((x) => quantile(x, q).square().sum())([3, 1, 2]);
    for (const q of [0.5, [0.5]]) expect(of(q)).toEqualTensor([[0, 0, 0], [0, 0, 0], [0, 0, 2]]); // prettier-ignore
    expect(of([0.5, 0.5])).toEqualTensor([[0, 0, 0], [0, 0, 0], [0, 0, 4]]); // prettier-ignore
  });

  it('returns a list of quantiles in the order of q, exact ones among interpolated ones', () => {
    const x = [[4, 1, 3], [2, 2, 9]]; // prettier-ignore
    const found = quantile(x, [0.75, 0, 0.25, 1, 0], { axis: 1 });
    expect(found).toEqualTensor([[3.5, 5.5], [1, 2], [2, 2], [4, 9], [1, 2]]); // prettier-ignore
  });

  it('gives the gradient at a tie to the entry that sort puts there', () => {
    const gradient = (q: number) => tf.grad((x) => quantile(x, q))(tf.tensor1d([2, 1, 2, 2, 3]));
    expect(gradient(0.25)).toEqualTensor([1, 0, 0, 0, 0]);
    expect(gradient(0.5)).toEqualTensor([0, 0, 1, 0, 0]);
    expect(gradient(0.75)).toEqualTensor([0, 0, 0, 1, 0]);
  });

  it('gives NaN where there is one, with the gradient at the first', () => {
    const x = tf.tensor1d([3, NaN, 2, NaN]);
    expect(quantile(x, [0, 0.4])).toEqualTensor([NaN, NaN]);
    expect(tf.grad((x) => quantile(x, 0.5))(x)).toEqualTensor([0, 1, 0, 0]);
  });

  it('gives an infinite entry itself, and interpolates to infinity or NaN as NumPy does', () => {
    const x = [Infinity, -Infinity, 1, Infinity];
    expect(quantile(x, [0, 1 / 3, 2 / 3, 1])).toEqualTensor([-Infinity, 1, Infinity, Infinity]);
    const inBetween = quantile([-Infinity, 1, Infinity], [0.2, 0.3, 0.6, 0.8]);
    expect(inBetween).toEqualTensor([NaN, -Infinity, Infinity, NaN]);
  });

  it('takes a scalar and integers', () => {
    expect(quantile(5, 0.3)).toEqualTensor(5);
    expect(quantile(tf.tensor1d([3, 1, 2], 'int32'), 0.25)).toEqualTensor(1.5);
  });

  it('is empty where another axis has no entries, as NumPy’s', () => {
    expect(quantile(tf.zeros([0, 3]), 0.5, { axis: 1 })).toEqualTensor(tf.zeros([0]));
    expect(quantile(tf.zeros([2, 0, 3], 'int32'), [0, 1], { axis: 0 })).toEqualTensor(tf.zeros([2, 0, 3])); // prettier-ignore
    const gradient = tf.grad((x) => quantile(x, [0.5], { axis: 1 }).sum())(tf.zeros([0, 3]));
    expect(gradient).toEqualTensor(tf.zeros([0, 3]));
    expect(() => quantile(tf.zeros([0, 3]), 0.5, { axis: 0 })).toThrow(
      'quantile: x must have entries along the axis, got [0,3]',
    );
    expect(() => quantile(tf.zeros([0, 3]), 0.5)).toThrow('quantile: x must have entries, got [0,3]'); // prettier-ignore
  });

  it.each<[unknown, unknown, unknown, string]>([
    [[1, 2], 1.5, {}, 'quantile: q must be a number or a list of numbers in [0, 1], got 1.5'],
    [
      [1, 2],
      [0, -0.1],
      {},
      'quantile: q must be a number or a list of numbers in [0, 1], got -0.1',
    ],
    [[1, 2], NaN, {}, 'quantile: q must be a number or a list of numbers in [0, 1], got NaN'],
    [
      [1, 2],
      [0.5, undefined],
      {},
      'quantile: q must be a number or a list of numbers in [0, 1], got undefined',
    ],
    [
      [1, 2],
      undefined,
      {},
      'quantile: q must be a number or a list of numbers in [0, 1], got undefined',
    ],
    [[1, 2], ['0.5'], {}, 'quantile: q must be a number or a list of numbers in [0, 1], got "0.5"'],
    [
      [1, 2],
      [],
      {},
      'quantile: q must be a number or a list of numbers in [0, 1], got an empty list',
    ],
    [[], 0.5, {}, 'quantile: x must have entries, got [0]'],
    [[1, 2], 0.5, { axis: 1 }, 'quantile: axis must be an integer in [-1, 0], got 1'],
    [
      [1, 2],
      0.5,
      { interpolation: 'cubic' },
      "quantile: interpolation must be one of 'linear', 'lower', 'higher', 'nearest', 'midpoint', got \"cubic\"",
    ],
    [
      [1, 2],
      0.5,
      { method: 'lower' },
      'quantile: options must be among axis, interpolation, got "method"',
    ],
    [['a'], 0.5, {}, 'quantile: x must be a tensor or an array of numbers, got "a"'],
  ])('refuses x = %j, q = %j, options %j', (x, q, options, message) => {
    expect(() => quantile(x as number[], q as number, options as object)).toThrow(message);
  });
});
