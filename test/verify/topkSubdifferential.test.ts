import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { topk, topkSubdifferential } from '../../src/index.ts';
import { distanceToTopkSubdifferential } from '../oracles/distanceToTopkSubdifferential.ts';

const tie = [3, 1, 1, 1, 0];
const few = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 9 });
const withK = few.chain((y) => fc.tuple(fc.constant(y), fc.integer({ min: 0, max: y.length })));

/** Ties, slopes of any size and sign that are equal where y is, and how an element is changed. */
const cases = withK
  .chain(([y, k]) =>
    fc.record({
      y: fc.constant(y),
      k: fc.constant(k),
      exponents: fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 5, maxLength: 5 }),
      factors: fc.array(fc.constantFrom(-3, -1, 0, 1, 2), { minLength: 5, maxLength: 5 }),
      θ: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }),
      entry: fc.integer({ min: 0, max: y.length - 1 }),
      exponent: fc.integer({ min: -9, max: 1 }),
      sign: fc.constantFrom(-1, 0, 1),
      isShifted: fc.boolean(),
    }),
  )
  .map(({ exponents, factors, exponent, sign, ...problem }) => ({
    ...problem,
    slopes: problem.y.map((y) => Math.fround(factors[y + 2] * 10 ** exponents[y + 2])),
    error: sign * 10 ** exponent,
  }));

/** φ′(y) ⊙ θ in float32, with these weights θ on T made to have the sum r. */
function elementOf(
  { above, tied, remaining }: { above: number[]; tied: number[]; remaining: number },
  slopes: number[],
  weights: number[],
): number[] {
  const g = slopes.map(() => 0);
  for (const i of above) g[i] = slopes[i];
  // Between all 0 or all 1 and the weights, there are some with the sum r.
  const total = tied.reduce((sum, _, t) => sum + weights[t], 0);
  const end = total > remaining ? 0 : 1;
  const t = (remaining - end * tied.length) / (total - end * tied.length || 1);
  tied.forEach((i, j) => {
    const θ = tied.length === remaining ? 1 : end + t * (weights[j] - end);
    g[i] = Math.fround(slopes[i] * θ);
  });
  return g;
}

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
      [1, Infinity, -Infinity, 0, 0],
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

  it('measures each entry in its own slope, never in that of an entry that is not selected', () => {
    const far = topkSubdifferential([1, 0, -1e7], 1, [2, 0, -2e7]);
    expect(far.contains([2, 0, 15])).toBe(false);
    expect(far.contains([2, 0, 0])).toBe(true);
    const flat = topkSubdifferential([1, 1, 1], 1, [2e-7, 2e-7, 2e-7]);
    expect(flat.contains([-5e-7, 9e-7, 3e-7])).toBe(false);
    expect(flat.contains([0, 1e-7, 1e-7])).toBe(true);
    const steep = topkSubdifferential([2, 1, 1], 2, [1e7, 1, 1]);
    expect(steep.contains([1e7, 1.1, -0.1])).toBe(false);
    expect(steep.contains([1e7 + 1, 0.5, 0.5])).toBe(true);
    expect(topkSubdifferential([2, 1], 1).contains([1, 1e-30])).toBe(false);
  });

  it('contains what is within the tolerance of an element, by the definition, and nothing else', () => {
    const counts = { inside: 0, outside: 0 };
    fc.assert(
      fc.property(cases, ({ y, k, slopes, θ, entry, error, isShifted }) => {
        const D = topkSubdifferential(y, k, slopes);
        const g = elementOf(D, slopes, θ);
        const slope = slopes[entry] || 1;
        g[entry] = Math.fround(g[entry] + error * slope);
        const other = D.tied.find((i) => i !== entry); // the sum over T may stay the same
        if (isShifted && other !== undefined) g[other] = Math.fround(g[other] - error * slope);
        const distance = distanceToTopkSubdifferential(g, y, k, slopes);
        for (const tolerance of [1e-6, 1e-3]) {
          if (Math.abs(distance - tolerance) < 1e-9 * tolerance) continue;
          const isElement = distance < tolerance;
          counts[isElement ? 'inside' : 'outside']++;
          expect(D.contains(g, tolerance)).toBe(isElement);
        }
      }),
      { numRuns: 4000, seed: 10 },
    );
    expect(counts.inside).toBeGreaterThan(2000);
    expect(counts.outside).toBeGreaterThan(3000);
  });

  it('contains every element that is rounded to float32, at any scale', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(1e-44, 1e-40, 1e-30, 1, 1e30), (problem, size) => {
        const slopes = problem.slopes.map((slope) => Math.fround(slope * size));
        const D = topkSubdifferential(problem.y, problem.k, slopes);
        expect(D.contains(elementOf(D, slopes, problem.θ))).toBe(true);
        expect(D.contains(D.vertex())).toBe(true);
        expect(D.contains(D.minNorm())).toBe(true);
      }),
      { numRuns: 2000, seed: 11 },
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
        'slope must be the same for all entries that tie at the threshold, got 1 at [0] and 2 at [1]',
      ],
      [
        () => topkSubdifferential([1, 1], 1, [Infinity, Infinity]),
        'slope must be finite, got Infinity',
      ],
      [() => topkSubdifferential([1, 1], 1, [NaN, NaN]), 'slope must not contain NaN'],
      [() => topkSubdifferential([1, 2], 1, [-Infinity, 1]), 'slope must be finite, got -Infinity'],
      [
        () => topkSubdifferential([1], 1).contains([1], NaN),
        'tolerance must be a number >= 0, got NaN',
      ],
      [
        () => topkSubdifferential([1], 1).contains([1], -1),
        'tolerance must be a number >= 0, got -1',
      ],
      [() => topkSubdifferential([1, 2], 1).contains([1]), 'g must be of shape [2], got shape [1]'],
    ] as [() => unknown, string][]) {
      expect(bad).toThrow(`topkSubdifferential: ${message}`);
    }
  });
});
