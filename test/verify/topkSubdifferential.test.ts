import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { topk, topkSubdifferential } from '../../src/index.ts';

const tie = [3, 1, 1, 1, 0];
const few = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 9 });
const withK = few.chain((y) => fc.tuple(fc.constant(y), fc.integer({ min: 0, max: y.length })));

describe('topkSubdifferential', () => {
  it('tells which entries are above the threshold, which tie, and how many of these are selected', () => {
    expect(topkSubdifferential(tie, 2)).toMatchObject({
      above: [0],
      tied: [1, 2, 3],
      remaining: 1,
    });
    expect(topkSubdifferential(tie, 4)).toMatchObject({
      above: [0],
      tied: [1, 2, 3],
      remaining: 3,
    });
    expect(topkSubdifferential(tie, 0)).toMatchObject({ above: [], tied: [], remaining: 0 });
    expect(topkSubdifferential([], 0)).toMatchObject({ above: [], tied: [], remaining: 0 });
  });

  it('has a vertex, and an element of least norm', () => {
    const ofSum = topkSubdifferential(tie, 2);
    expect(ofSum.vertex()).toEqualTensor([1, 1, 0, 0, 0]);
    const third = Math.fround(1 / 3);
    expect(ofSum.minNorm()).toEqualTensor([1, third, third, third, 0]);

    const ofSquares = topkSubdifferential(tie, 2, tf.mul(tie, 2));
    expect(ofSquares.vertex()).toEqualTensor([6, 2, 0, 0, 0]);
    expect(ofSquares.minNorm()).toEqualTensor([6, 2 * third, 2 * third, 2 * third, 0]);
  });

  it('contains the convex hull of its vertices, and nothing else', () => {
    const D = topkSubdifferential(tie, 2);
    expect(D.contains([1, 0.5, 0.25, 0.25, 0])).toBe(true);
    for (const outside of [
      [1, 0.5, 0.5, 0.5, 0], // what central differences give
      [1, 1.5, -0.5, 0, 0],
      [1, 1, 0, 0, 0.1],
      [0.9, 1, 0, 0, 0],
      [0.9, 1, 0.1, 0, 0],
      [1, 0, 0, 0, 1],
      [1, NaN, 0, 0, 0],
    ]) {
      if (outside.some(Number.isNaN))
        expect(() => D.contains(outside)).toThrow('g must not contain');
      else expect(D.contains(outside)).toBe(false);
    }
    expect(D.contains([1.05, 1, 0, 0, 0], 0.1)).toBe(true);
  });

  it('contains its own elements, however large they are and however many entries tie', () => {
    for (const [y, k, slope] of [
      [[1000, 1000, 1000], 1, 2000],
      [Array<number>(1000).fill(0), 333, 1],
      [[5, 5, 5], 2, 1e-3],
    ] as [number[], number, number][]) {
      const D = topkSubdifferential(
        y,
        k,
        y.map(() => slope),
      );
      expect(D.contains(D.vertex())).toBe(true);
      expect(D.contains(D.minNorm())).toBe(true);
      expect(D.contains(D.minNorm().mul(1.001))).toBe(false);
    }
  });

  it('accepts φ′ of either sign, and is one point where φ′(τ) is 0', () => {
    const falling = topkSubdifferential(tie, 2, [-3, -1, -1, -1, 0]);
    expect(falling.contains([-3, -0.5, -0.5, 0, 0])).toBe(true);
    expect(falling.contains([-3, 0.5, -1.5, 0, 0])).toBe(false);
    const atZero = topkSubdifferential([1, 0, 0], 2, [2, 0, 0]);
    expect(atZero.contains([2, 0, 0])).toBe(true);
    expect(atZero.contains([2, 0.1, -0.1])).toBe(false);
  });

  it('contains topk’s gradients at any ties: “first” is vertex(), “even” is minNorm()', () => {
    fc.assert(
      fc.property(withK, ([y, k]) => {
        const D = topkSubdifferential(y, k, tf.mul(y, 2));
        for (const tieGradient of ['first', 'even'] as const) {
          const loss = (y: tf.Tensor) => topk(y, k, { tieGradient }).values.square().sum();
          const gradient = tf.grad(loss)(tf.tensor1d(y));
          const element = tieGradient === 'first' ? D.vertex() : D.minNorm();
          expect(D.contains(gradient)).toBe(true);
          expect(D.contains(element)).toBe(true);
          expect(gradient).toBeCloseToTensor(element, 1e-6);
        }
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  it('has no element of smaller norm than minNorm()', () => {
    fc.assert(
      fc.property(
        withK,
        fc.infiniteStream(fc.float({ min: 0, max: 1, noNaN: true })),
        ([y, k], weights) => {
          const D = topkSubdifferential(y, k);
          // A random element: between two vertices.
          const t = weights.next().value as number;
          const order = D.tied.map((i) => [i, weights.next().value as number]);
          order.sort(([, a], [, b]) => a - b);
          const other = new Float32Array(y.length);
          for (const i of D.above) other[i] = 1;
          for (const [i] of order.slice(0, D.remaining)) other[i] = 1;
          const vertex = D.vertex();
          const between = tf.add(vertex.mul(t), tf.mul(other, 1 - t));
          expect(D.contains(between)).toBe(true);
          const norm = (v: tf.Tensor) => v.square().sum().dataSync()[0];
          expect(norm(D.minNorm())).toBeLessThanOrEqual(norm(between) + 1e-5);
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  it('refuses anything but a vector, NaN, and slopes that differ among tied entries', () => {
    for (const [bad, message] of [
      [() => topkSubdifferential([[1]], 1), 'y must be of rank 1, got shape [1,1]'],
      [() => topkSubdifferential([1, NaN], 1), 'y must not contain NaN'],
      [() => topkSubdifferential(tf.tensor1d([1], 'int32'), 1), 'y must be float32, got int32'],
      [() => topkSubdifferential([1], 2), 'k must be an integer in [0, 1], got 2'],
      [() => topkSubdifferential([1, 2], 1, [1]), 'slope must be of shape [2], got shape [1]'],
      [
        () => topkSubdifferential([1, 1], 1, [1, 2]),
        'slope must be the same for all entries that tie at the threshold',
      ],
      [() => topkSubdifferential([1, 2], 1).contains([1]), 'g must be of shape [2], got shape [1]'],
    ] as [() => unknown, string][]) {
      expect(bad).toThrow(`topkSubdifferential: ${message}`);
    }
  });
});
