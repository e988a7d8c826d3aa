import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { topkLinearSubdifferential, topkSubdifferential } from '../../src/index.ts';
import { Fraction } from '../../experiments/exact/Fraction.ts';
import { generator } from '../oracles/generator.ts';
import { inConvexHull } from '../oracles/inConvexHull.ts';
import { sampleLimitsInW, sampleLimitsInX, type IntegerProblem } from '../oracles/sampleLimits.ts';

const ofSquares = (y: number) => 2 * y;
const matrix = (rows: number, columns: number) => {
  const row = fc.array(fc.integer({ min: -2, max: 2 }), {
    minLength: columns,
    maxLength: columns,
  });
  return fc.array(row, { minLength: rows, maxLength: rows });
};
const problem = (maxExamples: number): fc.Arbitrary<IntegerProblem> =>
  fc
    .tuple(
      fc.integer({ min: 2, max: 4 }),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: maxExamples }),
    )
    .chain(([n, d, b]) =>
      fc.record({
        W: matrix(n, d),
        X: matrix(b, d),
        k: fc.integer({ min: 1, max: n - 1 }),
        slope: fc.constantFrom(ofSquares, (y: number) => 3 * y ** 2 - 4),
      }),
    );
/** The rows of a tensor as flat lists, in a fixed order. */
const listed = (set: tf.Tensor) =>
  (set.reshape([set.shape[0], -1]).arraySync() as number[][]).map((row) =>
    row.map((entry) => entry || 0),
  );
const asSet = (rows: number[][]) => rows.map((row) => row.join()).sort();

describe('topkLinearSubdifferential', () => {
  it('has an element in x that is shorter than the even one', () => {
    const W = [
      [1, 1],
      [1, -3],
    ];
    const { inW, inX } = topkLinearSubdifferential(W, [1, 0], 1, ofSquares);
    expect(inX.bouligand()).toEqualTensor([
      [2, 2],
      [2, -6],
    ]);
    expect(inX.minNorm()).toBeCloseToTensor([2, 0], 1e-6);
    expect(inX.contains([2, -2])).toBe(true); // the even one
    expect(inX.contains([2, 0])).toBe(true);
    expect(inX.contains([2, 2.001])).toBe(false);
    expect(inX.contains([2.001, 0])).toBe(false);
    const even = [
      [1, 0],
      [1, 0],
    ];
    expect(inW.minNorm()).toBeCloseToTensor(even, 1e-6);
  });

  it('is one point where the losses of two tied examples add up to a smooth one', () => {
    const W = [[1], [1]];
    const X = [[1], [-1]];
    const { inW, inX } = topkLinearSubdifferential(W, X, 1, ofSquares);
    expect(inW.bouligand()).toEqualTensor([[[2], [2]]]);
    expect(inW.contains([[2], [2]])).toBe(true);
    expect(inW.contains([[4], [0]])).toBe(false);
    expect(inX.bouligand()).toEqualTensor([[[2], [-2]]]);
  });

  it('for a batch has an element in W that is shorter than the even one', () => {
    const W = [
      [1, 1],
      [1, 0],
    ];
    const X = [
      [1, 0], // ties
      [1, 1], // selects the first row
    ];
    const { inW } = topkLinearSubdifferential(W, X, 1, ofSquares);
    const shortest = [
      [4, 4],
      [2, 0],
    ];
    expect(inW.minNorm()).toBeCloseToTensor(shortest, 1e-6);
    const even = [
      [5, 4],
      [1, 0],
    ];
    expect(inW.contains(even)).toBe(true);
  });

  it('in y is topkSubdifferential: W is the identity', () => {
    const y = [3, 1, 1, 1, 0];
    const { inX } = topkLinearSubdifferential(tf.eye(5), y, 2, ofSquares);
    const set = topkSubdifferential(y, 2, tf.mul(y, 2));
    expect(inX.bouligand()).toEqualTensor([
      [6, 2, 0, 0, 0],
      [6, 0, 2, 0, 0],
      [6, 0, 0, 2, 0],
    ]);
    expect(inX.minNorm()).toBeCloseToTensor(set.minNorm(), 1e-6);
  });

  it('is the gradient alone where nothing ties, for k = 0 and n, and for an empty batch', () => {
    const W = [[1], [2], [2]];
    for (const [x, k, inW, inX] of [
      [[3], 3, [[3], [3], [3]], [5]],
      [[3], 0, [[0], [0], [0]], [0]],
      [[-3], 1, [[-3], [0], [0]], [1]],
      [tf.zeros([0, 1]), 1, [[0], [0], [0]], tf.zeros([0, 1])],
      [[0], 2, [[0], [0], [0]], undefined], // W · 0 is 0 for every W
    ] as [number[], number, number[][], number[] | undefined][]) {
      const D = topkLinearSubdifferential(W, x, k);
      expect(D.inW.bouligand()).toEqualTensor([inW]);
      expect(D.inW.minNorm()).toEqualTensor(inW);
      expect(D.inW.contains(inW)).toBe(true);
      if (inX) expect(D.inX.minNorm()).toEqualTensor(inX);
    }
    const atZero = topkLinearSubdifferential(W, [0], 2).inX;
    expect(asSet(listed(atZero.bouligand()))).toEqual(['3', '4']); // rising and falling x
  });

  it('lists the limits for 100 equal rows within a second: each row, and one in x', () => {
    for (const [n, k] of [
      [100, 1],
      [100, 99],
      [400, 1],
    ]) {
      const started = performance.now();
      const { inW, inX } = topkLinearSubdifferential(tf.ones([n, 2]), [1, 3], k);
      const chosen = tf.sub(1, tf.eye(n));
      const rows = k === 1 ? tf.eye(n) : tf.reverse(chosen, 0); // by what is selected, first rows first
      const limits = rows.expandDims(2).mul(tf.tensor([1, 3]));
      expect(inW.bouligand()).toEqualTensor(limits);
      expect(inX.bouligand()).toEqualTensor([[k, k]]);
      const even = tf.fill([n, 2], k / n).mul([1, 3]);
      expect(inW.minNorm()).toBeCloseToTensor(even, 1e-6);
      expect(inW.contains(even)).toBe(true);
      expect(inX.contains([k, k])).toBe(true);
      expect(performance.now() - started).toBeLessThan(2500); // 16 s, by the search
    }
  });

  it('counts equal rows once in x, so that many of them can be selected', () => {
    const rows = [...Array<number[]>(50).fill([1, 0]), ...Array<number[]>(50).fill([1, 2])];
    const limits = (k: number) =>
      asSet(listed(topkLinearSubdifferential(rows, [1, 0], k).inX.bouligand()));
    expect(limits(50)).toEqual(['50,0', '50,100']);
    expect(limits(30)).toEqual(['30,0', '30,60']);
    expect(limits(70)).toEqual(['70,100', '70,40']);
  });

  it('in x has the limits of gradients also where many rows are equal', () => {
    const few = fc
      .tuple(matrix(3, 2), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }))
      .map(([rows, sizes]) => rows.flatMap((row, i) => Array<number[]>(sizes[i]).fill(row)));
    const x = matrix(1, 2);
    let ties = 0;
    fc.assert(
      fc.property(few, x, fc.nat(), fc.integer(), (W, X, k, seed) => {
        const problem = { W, X, k: 1 + (k % (W.length - 1)), slope: ofSquares };
        const { inW, inX } = topkLinearSubdifferential(W, X[0], problem.k, ofSquares);
        const [limitsInX, limitsInW] = [inX, inW].map((set) => asSet(listed(set.bouligand())));
        expect(asSet(sampleLimitsInX(problem, 1000, generator(seed)))).toEqual(limitsInX);
        expect(asSet(sampleLimitsInW(problem, 3000, generator(seed)))).toEqual(limitsInW);
        if (limitsInW.length > 1) ties++;
      }),
      { numRuns: 100, seed: 10 },
    );
    expect(ties).toBeGreaterThan(30);
  });

  it('decides ties exactly', () => {
    // In float32 both products are 1; exactly, the first is 2⁻³⁰ larger.
    const W = [
      [1, 2 ** -30],
      [1, 0],
    ];
    expect(topkLinearSubdifferential(W, [1, 1], 1).inX.bouligand().shape[0]).toBe(1);
    const cancelling = [
      [2 ** 120, 2 ** -120, -(2 ** 120)],
      [2 ** 120, 2 ** -121, -(2 ** 120)],
    ];
    const { inW } = topkLinearSubdifferential(cancelling, [1, 1, 1], 1);
    expect(inW.bouligand().shape[0]).toBe(1);
  });

  it('in W has the limits of gradients at W + tZ, and no others', () => {
    let ties = 0;
    fc.assert(
      fc.property(problem(3), fc.integer(), ({ W, X, k, slope }, seed) => {
        const { inW } = topkLinearSubdifferential(W, X, k, slope);
        const limits = asSet(listed(inW.bouligand()));
        const random = generator(seed);
        const sampled = sampleLimitsInW({ W, X, k, slope }, 1000, random);
        expect(asSet(sampled)).toEqual(limits);
        if (limits.length > 1) ties++;
      }),
      { numRuns: 300, seed: 6 },
    );
    expect(ties).toBeGreaterThan(70);
  });

  it('in x has the limits of gradients at x + tz, and no others', () => {
    let ties = 0;
    fc.assert(
      fc.property(problem(1), fc.integer(), ({ W, X, k, slope }, seed) => {
        const { inX } = topkLinearSubdifferential(W, X[0], k, slope);
        const limits = asSet(listed(inX.bouligand()));
        expect(asSet(sampleLimitsInX({ W, X, k, slope }, 1000, generator(seed)))).toEqual(limits);
        if (limits.length > 1) ties++;
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(ties).toBeGreaterThan(40);
  });

  it('contains the convex hull of the limits, and nothing else', () => {
    let [inside, outside] = [0, 0];
    fc.assert(
      fc.property(problem(3), fc.integer(), ({ W, X, k, slope }, seed) => {
        const { inW, inX } = topkLinearSubdifferential(W, X, k, slope);
        const random = generator(seed);
        for (const set of [inW, inX]) {
          const limits = listed(set.bouligand());
          const shape = set.minNorm().shape;
          // Fourths, so that float32 and the oracle have the same numbers.
          const [a, b, c] = [0, 1, 2].map(() => limits[Math.floor(random() * limits.length)]);
          const moved = Math.floor(random() * a.length);
          const mean = a.map((entry, i) => (entry + b[i] + 2 * c[i]) / 4);
          const candidates = [
            mean,
            mean.map((entry, i) => entry + (i === moved ? 0.25 : 0)),
            a.map((entry, i) => entry + c[i] - b[i]),
          ];
          for (const g of candidates) {
            const expected = inConvexHull(
              limits,
              g.map((entry) => new Fraction(entry)),
            );
            expect(set.contains(tf.tensor(g, shape))).toBe(expected);
            if (expected) inside++;
            else outside++;
          }
        }
      }),
      { numRuns: 300, seed: 8 },
    );
    expect(inside).toBeGreaterThan(600);
    expect(outside).toBeGreaterThan(600);
  });

  it('has an element of least norm: no limit has a smaller product with it', () => {
    fc.assert(
      fc.property(problem(3), ({ W, X, k, slope }) => {
        const { inW, inX } = topkLinearSubdifferential(W, X, k, slope);
        for (const set of [inW, inX]) {
          const p = set.minNorm();
          expect(set.contains(p)).toBe(true);
          const products = set.bouligand().mul(p).reshape([-1, p.size]).sum(1).dataSync();
          const square = p.square().sum().dataSync()[0];
          expect(Math.min(...products)).toBeGreaterThan(square - 1e-4);
        }
      }),
      { numRuns: 300, seed: 9 },
    );
  });

  it('contains elements that are rounded to float32, at any scale', () => {
    const W = [
      [1, 1],
      [1, -3],
      [1, 2],
    ];
    for (const size of [1e-40, 1e-20, 1, 1e20]) {
      const slope = () => size;
      const { inW, inX } = topkLinearSubdifferential(W, [1, 0], 2, slope);
      for (const set of [inW, inX]) {
        expect(set.contains(set.minNorm())).toBe(true);
        const limits = listed(set.bouligand());
        const mean = limits[0].map((_, i) =>
          limits.reduce((sum, g) => sum + g[i] / limits.length, 0),
        );
        expect(limits.length).toBeGreaterThan(1);
        expect(set.contains(tf.tensor(mean, set.minNorm().shape))).toBe(true);
        expect(set.contains(set.minNorm().mul(1.001))).toBe(false);
      }
    }
  });

  it('contains its own elements where these are the smallest float32 numbers', () => {
    for (const slope of [0.5, 0.75, 1, 1.25]) {
      const { inW } = topkLinearSubdifferential([[2], [0]], [2 ** -149], 1, () => slope);
      expect(inW.contains(inW.bouligand().squeeze([0]))).toBe(true);
      expect(inW.contains(inW.minNorm())).toBe(true);
      expect(inW.contains([[3 * 2 ** -149], [0]])).toBe(false);
      expect(inW.contains([[0], [2 ** -149]])).toBe(false);
    }
  });

  it('knows that slopes of one sign have it, however small they are', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [1, i % 3]);
    const { inW } = topkLinearSubdifferential(rows, [[1, 0], [2, 0]], 10, () => 1e-170); // prettier-ignore
    expect(inW.contains(tf.zeros([20, 2]))).toBe(true); // what float32 makes of the slopes
  });

  it('refuses what is no problem, slopes that are not finite, and too many selections', () => {
    const many = tf.ones([40, 1]);
    for (const [bad, message] of [
      [
        () => topkLinearSubdifferential([1], [1], 1),
        'W must be of shape [n, d], n and d >= 1, got',
      ],
      [() => topkLinearSubdifferential([[1]], [1], 2), 'k must be an integer in [0, 1], got 2'],
      [() => topkLinearSubdifferential([[NaN]], [1], 1), 'W must be finite, got NaN'],
      [() => topkLinearSubdifferential([[1]], [Infinity], 1), 'x must be finite, got Infinity'],
      [
        () => topkLinearSubdifferential([[1]], [1], 1, 2 as never),
        'slope must be a function, got 2',
      ],
      [
        () => topkLinearSubdifferential([[1]], [1], 1, () => NaN),
        'slope must return a finite float32, got NaN',
      ],
      [
        () => topkLinearSubdifferential([[1]], [1], 1, () => 1e300),
        'slope must return a finite float32, got 1e+300',
      ],
      ...[20, 19_999].map((k): [() => unknown, string] => [
        () =>
          topkLinearSubdifferential(k === 20 ? many : tf.ones([40_000, 1]), [1], k).inW.bouligand(),
        'too many selections to try: more than 1000',
      ]),
      [
        () => topkLinearSubdifferential([[1]], [1], 1).inW.contains([1]),
        'g must be of shape [1,1], got shape [1]',
      ],
      [
        () => topkLinearSubdifferential([[1]], [1], 1).inX.contains([NaN]),
        'g must not contain NaN',
      ],
      [
        () => topkLinearSubdifferential([[1]], [1], 1).inX.contains([1], -1),
        'tolerance must be a number >= 0, got -1',
      ],
    ] as [() => unknown, string][]) {
      expect(bad).toThrow(`topkLinearSubdifferential: ${message}`);
    }
    const { inW } = topkLinearSubdifferential(many, [1], 20);
    expect(inW.contains(tf.fill([40, 1], 0.5))).toBe(true); // needs no enumeration
    expect(inW.contains(tf.fill([40, 1], 0.51))).toBe(false);
  });
});
