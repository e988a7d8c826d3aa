import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import thread from '../../experiments/thread.json';
import { selectionMargin, selectionRadius, topk } from '../../src/index.ts';

type Vector = number[];
const dot = (a: Vector, b: Vector) => a.reduce((sum, entry, i) => sum + entry * b[i], 0);
const norm = (a: Vector) => Math.sqrt(dot(a, a));
const times = (W: Vector[], x: Vector) => W.map((w) => dot(w, x));

/** The indices of the k largest entries, by a plain sort in float64. */
const selected = (y: Vector, k: number) =>
  Array.from(y.keys())
    .sort((i, j) => y[j] - y[i])
    .slice(0, k)
    .sort((i, j) => i - j);

/** The indices of the k-th and the (k+1)-th largest entry, which a step in the worst direction exchanges. */
const atThreshold = (y: Vector, k: number) =>
  Array.from(y.keys())
    .sort((i, j) => y[j] - y[i])
    .slice(k - 1, k + 1);

const entry = fc.float({ min: -4, max: 4, noNaN: true });
const problem = fc
  .tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 5 }))
  .chain(([n, d]) =>
    fc.record({
      W: fc.array(fc.array(entry, { minLength: d, maxLength: d }), { minLength: n, maxLength: n }),
      x: fc.array(entry, { minLength: d, maxLength: d }),
      k: fc.integer({ min: 1, max: n - 1 }),
    }),
  )
  // float64 rounds, too: the margin must be above its rounding error.
  .filter(({ W, x, k }) => {
    const y = times(W, x);
    const [i, j] = atThreshold(y, k);
    return y[i] - y[j] > 1e-9 && norm(x) > 1e-3;
  });

const CASES = { numRuns: 600, seed: 1 };

describe('selectionRadius', () => {
  it('in W is 0.166654 for the thread’s numbers', () => {
    const { inW, inX, inY } = selectionRadius(thread.W, thread.x, thread.k);
    expect(inW).toBeCloseTo(0.166654, 6);
    expect(inY).toBeCloseTo(0.270891 / Math.SQRT2, 6);
    expect(inX).toBeCloseTo(0.20922, 5);
  });

  it('in W is tight: 0.999 of it keeps the selection in the worst direction, 1.001 does not', () => {
    fc.assert(
      fc.property(problem, ({ W, x, k }) => {
        const { inW } = selectionRadius(W, x, k);
        const [i, j] = atThreshold(times(W, x), k);
        const moved = (factor: number) =>
          W.map((row, r) => {
            const sign = r === j ? 1 : r === i ? -1 : 0;
            return row.map((w, c) => w + (sign * factor * inW * x[c]) / (Math.SQRT2 * norm(x)));
          });
        const before = selected(times(W, x), k);
        expect(selected(times(moved(0.999), x), k)).toEqual(before);
        expect(selected(times(moved(1.001), x), k)).not.toEqual(before);
      }),
      CASES,
    );
  });

  it('in y is tight in the Euclidean norm, and half of the margin in the maximum norm', () => {
    fc.assert(
      fc.property(problem, ({ W, x, k }) => {
        const y = times(W, x);
        const { inY } = selectionRadius(W, x, k);
        const [i, j] = atThreshold(y, k);
        const moved = (step: number) =>
          y.map((entry, r) => entry + (r === j ? step : r === i ? -step : 0));
        expect(selected(moved((0.999 * inY) / Math.SQRT2), k)).toEqual(selected(y, k));
        expect(selected(moved((1.001 * inY) / Math.SQRT2), k)).not.toEqual(selected(y, k));
        expect(inY / Math.SQRT2).toBeCloseTo((y[i] - y[j]) / 2, 12);
      }),
      CASES,
    );
  });

  it('in x is tight: some selected and unselected row meet at it, and none before', () => {
    fc.assert(
      fc.property(problem, ({ W, x, k }) => {
        const y = times(W, x);
        const { inX } = selectionRadius(W, x, k);
        const before = selected(y, k);
        const others = Array.from(y.keys()).filter((i) => !before.includes(i));
        const pairs = before.flatMap((i) => others.map((j) => [i, j]));
        const changesAt = (factor: number) =>
          pairs.some(([i, j]) => {
            const difference = W[j].map((w, c) => w - W[i][c]);
            if (norm(difference) === 0) return false;
            const step = (factor * inX) / norm(difference);
            const moved = x.map((entry, c) => entry + step * difference[c]);
            return String(selected(times(W, moved), k)) !== String(before);
          });
        if (!Number.isFinite(inX)) return;
        expect(changesAt(0.999)).toBe(false);
        expect(changesAt(1.001)).toBe(true);
      }),
      CASES,
    );
  });

  it('keeps the selection in random directions', () => {
    fc.assert(
      fc.property(problem, fc.infiniteStream(entry), ({ W, x, k }, stream) => {
        const { inW, inX, inY } = selectionRadius(W, x, k);
        const next = () => stream.next().value as number;
        const within = (size: number, radius: number) => {
          const direction = Array.from({ length: size }, next);
          const step = (0.999 * Math.min(radius, 1e6)) / (norm(direction) || 1);
          return direction.map((entry) => step * entry);
        };
        const before = selected(times(W, x), k);
        const dW = within(W.length * x.length, inW);
        const movedW = W.map((row, r) => row.map((w, c) => w + dW[r * x.length + c]));
        expect(selected(times(movedW, x), k)).toEqual(before);
        const dx = within(x.length, inX);
        expect(
          selected(
            times(
              W,
              x.map((entry, c) => entry + dx[c]),
            ),
            k,
          ),
        ).toEqual(before);
        const dy = within(W.length, inY);
        expect(
          selected(
            times(W, x).map((entry, r) => entry + dy[r]),
            k,
          ),
        ).toEqual(before);
      }),
      CASES,
    );
  });

  it('is exact where Wx cancels', () => {
    // y = [1, 0.5], and in float64 [0, 0.5].
    const W = [
      [1e30, 1, -1e30],
      [0, 0.5, 0],
    ];
    const { inW, inX, inY } = selectionRadius(W, [1, 1, 1], 1);
    expect(inY).toBeCloseTo(0.5 / Math.SQRT2, 14);
    expect(inW).toBeCloseTo(0.5 / Math.sqrt(6), 14);
    const big = Math.fround(1e30);
    expect((inX * big * Math.SQRT2) / 0.5).toBeCloseTo(1, 12);
    // The radius at a tie is 0, and nothing else.
    const tied = [
      [1e30, 1, -1e30],
      [1, 0, 0],
    ];
    expect(selectionRadius(tied, [1, 1, 1], 1)).toEqual({ inW: 0, inX: 0, inY: 0 });
  });

  it('has the differences of Wx in integer arithmetic, for entries of any magnitude', () => {
    const wild = fc
      .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -100, max: 100 }))
      .map(([digit, exponent]) => digit * 2 ** exponent || 0);
    const cases = fc
      .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 4 }))
      .chain(([n, d]) =>
        fc.record({
          W: fc.array(fc.array(wild, { minLength: d, maxLength: d }), {
            minLength: n,
            maxLength: n,
          }),
          x: fc.array(wild, { minLength: d, maxLength: d }),
          k: fc.integer({ min: 1, max: n - 1 }),
          isCancelling: fc.boolean(),
        }),
      );
    const toInteger = (entry: number) => BigInt(entry * 2 ** 100);
    const toNumber = (product: bigint) => Number(product) / 2 ** 200;
    const isClose = (a: number, b: number) => a === b || Math.abs(a - b) <= 1e-12 * Math.abs(b);
    fc.assert(
      fc.property(cases, ({ W, x, k, isCancelling }) => {
        // The same large product twice, with opposite signs.
        const rows = isCancelling ? W.map((w) => [...w, 2 ** 90, 2 ** 90]) : W;
        const xs = isCancelling ? [...x, 2 ** 30, -(2 ** 30)] : x;
        const y = rows.map((w) =>
          w.reduce((sum, entry, c) => sum + toInteger(entry) * toInteger(xs[c]), BigInt(0)),
        );
        const order = Array.from(y.keys()).sort((i, j) => Math.sign(Number(y[j] - y[i])));
        const margin = toNumber(y[order[k - 1]] - y[order[k]]);
        const { inW, inX, inY } = selectionRadius(rows, xs, k);
        expect(isClose(inY, margin / Math.SQRT2)).toBe(true);
        expect(isClose(inW, norm(xs) === 0 ? Infinity : margin / Math.SQRT2 / norm(xs))).toBe(true);
        const radii = order.slice(0, k).flatMap((i) =>
          order.slice(k).flatMap((j) => {
            const distance = norm(rows[i].map((w, c) => w - rows[j][c]));
            return distance === 0 ? [] : [toNumber(y[i] - y[j]) / distance];
          }),
        );
        expect(isClose(inX, Math.min(Infinity, ...radii))).toBe(true);
      }),
      CASES,
    );
  });

  it('of a batch is the smallest of its examples', () => {
    const W = tf.randomNormal([8, 3], 0, 1, 'float32', 1);
    const x = tf.randomNormal([5, 3], 0, 1, 'float32', 2);
    const each = x.unstack().map((example) => selectionRadius(W, example, 3));
    const smallest = (of: 'inW' | 'inX' | 'inY') => Math.min(...each.map((radius) => radius[of]));
    expect(selectionRadius(W, x, 3)).toEqual({
      inW: smallest('inW'),
      inX: smallest('inX'),
      inY: smallest('inY'),
    });
  });

  it('is where topk changes its selection, if the margin is far above float32’s rounding', () => {
    const [W, x] = [tf.tensor2d(thread.W), tf.tensor1d(thread.x)];
    const { inW } = selectionRadius(W, x, 3);
    const E = tf.zeros([6, 6]).arraySync() as number[][];
    const [i, j] = atThreshold(Array.from(tf.dot(W, x).dataSync()), 3);
    const size = norm(thread.x);
    thread.x.forEach((entry, c) => {
      E[j][c] = entry / (Math.SQRT2 * size);
      E[i][c] = -entry / (Math.SQRT2 * size);
    });
    const indices = (factor: number) => {
      const moved = tf.add(W, tf.mul(E, factor * inW));
      return Array.from(topk(tf.dot(moved, x), 3).indices.dataSync()).sort();
    };
    expect(indices(0.999)).toEqual(indices(0));
    expect(indices(1.001)).not.toEqual(indices(0));
    const { margin } = selectionMargin(tf.dot(tf.add(W, tf.mul(E, inW)), x), 3);
    expect(margin).toBeLessThan(1e-6);
  });

  it('is 0 at a tie, and infinite where nothing can change', () => {
    const all = (value: number) => ({ inW: value, inX: value, inY: value });
    expect(selectionRadius([[1], [1], [0]], [2], 1)).toEqual({ inW: 0, inX: 2, inY: 0 });
    expect(
      selectionRadius(
        [
          [1, 0],
          [0, 1],
        ],
        [2, 2],
        1,
      ),
    ).toEqual(all(0));
    expect(selectionRadius([[1], [2]], [3], 0)).toEqual(all(Infinity));
    expect(selectionRadius([[1], [2]], [3], 2)).toEqual(all(Infinity));
    // W · 0 is 0 for every W.
    expect(selectionRadius([[1], [2]], [0], 1)).toEqual({ inW: Infinity, inX: 0, inY: 0 });
    expect(selectionRadius(tf.zeros([3, 0]), tf.zeros([0]), 1)).toEqual({
      inW: Infinity,
      inX: Infinity,
      inY: 0,
    });
    expect(selectionRadius([[1], [2]], tf.zeros([0, 1]), 1)).toEqual(all(Infinity));
  });

  it('refuses shapes that do not match, k outside [0, n], and entries that are not finite', () => {
    const W = [
      [1, 2],
      [3, 4],
    ];
    for (const [bad, message] of [
      [() => selectionRadius([1, 2], [1, 2], 1), 'W must be of rank 2, got rank 1'],
      [() => selectionRadius(W, 3, 1), 'x must be of rank 1 or 2, got rank 0'],
      [
        () => selectionRadius(W, [1], 1),
        'x must have as many entries as W has columns, got 1 for 2',
      ],
      [() => selectionRadius(W, [1, 2], 3), 'k must be an integer in [0, 2], got 3'],
      [() => selectionRadius(W, [1, NaN], 1), 'x must be finite, got NaN'],
      [() => selectionRadius([[1], [Infinity]], [1], 1), 'W must be finite, got Infinity'],
      [() => selectionRadius(tf.ones([2, 1], 'int32'), [1], 1), 'W must be float32, got int32'],
      [() => selectionRadius(W, tf.ones([2], 'int32'), 1), 'x must be float32, got int32'],
    ] as [() => unknown, string][]) {
      expect(bad).toThrow(`selectionRadius: ${message}`);
    }
  });
});
