import * as tf from '@tensorflow/tfjs';
import { compareGradients } from '../../src/index.ts';

describe('compareGradients', () => {
  it('is zero for equal gradients', () => {
    const same = { maxAbsDiff: 0, maxRelDiff: 0, maxUlps: 0 };
    expect(compareGradients([[1, -2.5]], tf.tensor2d([[1, -2.5]]))).toEqual(same);
    expect(compareGradients([0, NaN, -Infinity], [-0, NaN, -Infinity])).toEqual(same);
    expect(compareGradients([], [])).toEqual(same);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('sees a single difference, at index %d', (index) => {
    const a = [1, 2, 3, 4, 5, 6, 7];
    const b = a.map((entry, i) => (i === index ? entry + 0.5 : entry));
    const relative = 0.5 / (a[index] + 0.5);
    expect(compareGradients(a, b)).toMatchObject({ maxAbsDiff: 0.5, maxRelDiff: relative });
    expect(compareGradients(b, a)).toMatchObject({ maxAbsDiff: 0.5, maxRelDiff: relative });
    expect(compareGradients(a, b).maxUlps).toBeGreaterThan(1e5);
  });

  it('finds the largest difference in each measure', () => {
    const { maxAbsDiff, maxRelDiff, maxUlps } = compareGradients([1, 100, 0], [2, 110, 0]);
    expect(maxAbsDiff).toBe(10);
    expect(maxRelDiff).toBe(0.5);
    expect(maxUlps).toBe(2 ** 23); // the number of float32 numbers in [1, 2)
  });

  it.each([
    [1, 1 + 2 ** -23, 1],
    [-1, -1 - 2 ** -22, 2],
    [2 ** -149, -(2 ** -149), 2],
    [2 - 2 ** -23, 2, 1],
  ])('counts the float32 steps from %p to %p as %d', (a, b, ulps) => {
    expect(compareGradients([a], [b]).maxUlps).toBe(ulps);
    expect(compareGradients([b], [a]).maxUlps).toBe(ulps);
  });

  it.each([
    [NaN, 1],
    [Infinity, 1],
    [Infinity, -Infinity],
  ])('puts %p infinitely far from %p', (a, b) => {
    const apart = { maxAbsDiff: Infinity, maxRelDiff: Infinity, maxUlps: Infinity };
    expect(compareGradients([0, a], [0, b])).toEqual(apart);
    expect(compareGradients([0, b], [0, a])).toEqual(apart);
  });

  it('refuses anything but numbers, naming the argument', () => {
    const got = 'must be a tensor or an array of numbers, got "x"';
    expect(() => compareGradients(['x'], [1])).toThrow(`compareGradients: a ${got}`);
    expect(() => compareGradients([1], ['x'])).toThrow(`compareGradients: b ${got}`);
  });

  it('refuses different shapes', () => {
    expect(() => compareGradients([1, 2], [[1, 2]])).toThrow(
      'compareGradients: a and b must have the same shape, got [2] and [1,2]',
    );
  });
});
