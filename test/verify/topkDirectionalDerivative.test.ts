import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { topk, topkDirectionalDerivative } from '../../src/index.ts';

const integers = { min: -3, max: 3 };
const problem = fc.integer({ min: 1, max: 8 }).chain((n) =>
  fc.record({
    y: fc.array(fc.integer(integers), { minLength: n, maxLength: n }),
    d: fc.array(fc.integer(integers), { minLength: n, maxLength: n }),
    k: fc.integer({ min: 0, max: n }),
  }),
);

const LOSSES: [string, (v: tf.Tensor) => tf.Tensor, (v: number) => number][] = [
  ['v', (v) => v.sum(), () => 1],
  ['v²', (v) => v.square().sum(), (v) => 2 * v],
  ['−v', (v) => v.neg().sum(), () => -1],
  ['v³ − 4v', (v) => v.mul(v).mul(v).sub(v.mul(4)).sum(), (v) => 3 * v ** 2 - 4],
];

describe('topkDirectionalDerivative', () => {
  it('selects, of the tied entries, those that increase fastest', () => {
    const d = [1, 5, 7, 6, 9];
    expect(topkDirectionalDerivative([3, 1, 1, 1, 0], 2, d)).toEqualTensor([1, 7]);
    expect(topkDirectionalDerivative([3, 1, 1, 1, 0], 3, d)).toEqualTensor([1, 7, 6]);
    expect(topkDirectionalDerivative([3, 1, 1, 1, 0], 3, tf.neg(d))).toEqualTensor([-1, -5, -6]);
  });

  // The entries are integers, whose order so small a step does not change: v is linear along it.
  it('is the one-sided difference of the values, at ties and elsewhere', () => {
    fc.assert(
      fc.property(problem, ({ y, d, k }) => {
        const t = 2 ** -6;
        const moved = topk(tf.add(y, tf.mul(d, t)), k).values;
        const difference = moved.sub(topk(y.map(Math.fround), k).values).div(t);
        expect(topkDirectionalDerivative(y, k, d)).toEqualTensor(difference);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it.each(LOSSES)(
    'gives the one-sided derivative of Σ φ(v) for φ = %s, both by the chain rule and by the formula over A and T',
    (_, loss, slope) => {
      fc.assert(
        fc.property(problem, ({ y, d, k }) => {
          const v = Array.from(topk(y, k).values.dataSync());
          const dv = Array.from(topkDirectionalDerivative(y, k, d).dataSync());
          const derivative = v.reduce((sum, value, i) => sum + slope(value) * dv[i], 0);

          // φ′(yᵢ) dᵢ over A, and φ′(τ) times the r largest dᵢ over T:
          const τ = v[k - 1];
          const above = y.map((entry, i) => (entry > τ ? slope(entry) * d[i] : 0));
          const tied = d.filter((_, i) => y[i] === τ).sort((a, b) => b - a);
          const r = k - y.filter((entry) => entry > τ).length;
          const sum = (entries: number[]) => entries.reduce((a, b) => a + b, 0);
          const formula = k === 0 ? 0 : sum(above) + slope(τ) * sum(tied.slice(0, r));
          expect(derivative).toBeCloseTo(formula, 9);

          // (f(y + t d) − f(y)) / t, where the term in t is at most 6 · 8 · 3² t.
          const t = 2 ** -12;
          const f = (y: tf.Tensor | number[]) => loss(topk(y, k).values).dataSync()[0];
          const difference = (f(tf.add(y, tf.mul(d, t))) - f(y)) / t;
          expect(Math.abs(difference - derivative)).toBeLessThan(0.5);
        }),
        { numRuns: 150, seed: 5 },
      );
    },
  );

  it('treats each row of a batch separately', () => {
    const y = [
      [3, 1, 1, 1, 0],
      [2, 2, 1, 1, 0],
    ];
    const d = [
      [1, 2, 3, 4, 5],
      [5, 6, 7, 8, 9],
    ];
    const both = topkDirectionalDerivative([y, y], 2, [d, d]);
    const rows = [
      [1, 4],
      [6, 5],
    ];
    expect(both).toEqualTensor([rows, rows]);
  });

  it('is empty for k = 0 and for a batch without rows', () => {
    expect(topkDirectionalDerivative([1, 2], 0, [1, 2]).shape).toEqual([0]);
    expect(topkDirectionalDerivative(tf.zeros([0, 3]), 2, tf.zeros([0, 3])).shape).toEqual([0, 2]);
    expect(topkDirectionalDerivative(tf.zeros([2, 0]), 0, tf.zeros([2, 0])).shape).toEqual([2, 0]);
  });

  it('refuses different shapes, a scalar, integers, and k outside [0, n]', () => {
    for (const [bad, message] of [
      [
        () => topkDirectionalDerivative([1, 2], 1, [1]),
        "direction must have y's shape, got [1] for [2]",
      ],
      [() => topkDirectionalDerivative(1, 1, 1), 'y must be of rank 1 or higher, got a scalar'],
      [() => topkDirectionalDerivative([1], 2, [1]), 'k must be an integer in [0, 1], got 2'],
      [
        () => topkDirectionalDerivative(tf.tensor1d([1], 'int32'), 1, [1]),
        'y must be float32, got int32',
      ],
      [
        () => topkDirectionalDerivative([1], 1, tf.tensor1d([1], 'int32')),
        'direction must be float32, got int32',
      ],
    ] as [() => unknown, string][]) {
      expect(bad).toThrow(`topkDirectionalDerivative: ${message}`);
    }
  });
});
