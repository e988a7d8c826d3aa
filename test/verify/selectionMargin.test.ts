import * as tf from '@tensorflow/tfjs';
import { selectionMargin, topk } from '../../src/index.ts';

describe('selectionMargin', () => {
  it('is the difference between the k-th and the (k+1)-th largest entry', () => {
    expect(selectionMargin([5, 1, 3, 2], 2)).toEqual({
      threshold: 3,
      runnerUp: 2,
      margin: 1,
      orderMargin: 1,
    });
  });

  it('is 0 at a tie across the threshold, but not at one within the selection', () => {
    expect(selectionMargin([3, 1, 1, 0], 2).margin).toBe(0);
    expect(selectionMargin([Infinity, Infinity, 0], 1).margin).toBe(0);
    expect(selectionMargin([3, 3, 1, 0], 2).margin).toBe(2);
  });

  it('is about the set that is selected, not about its order', () => {
    // Within margin / 2 = 0.13 of the thread's y the set stays [0, 2, 4], and the order changes.
    const y = [1.47, 1.126, 1.5721, 0.8523, 1.3969, 0.8776];
    const moved = y.map((entry, i) => entry + (i === 4 ? 0.05 : i === 0 ? -0.05 : 0));
    const [before, after] = [y, moved].map((y) => Array.from(topk(y, 3).indices.dataSync()));
    expect([before, after]).toEqual([
      [2, 0, 4],
      [2, 4, 0],
    ]);
  });

  it('has the margin of the order beside it: the smallest gap among the selected and the next', () => {
    expect(selectionMargin([7, 1, 3, 6], 3)).toMatchObject({ margin: 2, orderMargin: 1 });
    expect(selectionMargin([7, 1, 3, 5], 2)).toMatchObject({ margin: 2, orderMargin: 2 });
    expect(selectionMargin([7, 2, 3, 5], 3)).toMatchObject({ margin: 1, orderMargin: 1 });
    expect(selectionMargin([7, 1, 3, 7], 3)).toMatchObject({ margin: 2, orderMargin: 0 });
    expect(selectionMargin([7, 3, 3, 1], 1).orderMargin).toBe(4); // a tie of entries that are not selected
    expect(selectionMargin([Infinity, Infinity, 0], 2).orderMargin).toBe(0);
    expect(
      selectionMargin(
        [
          [9, 1],
          [5, 4.5],
          [3, 2],
        ],
        2,
      ),
    ).toMatchObject({ orderMargin: 0.5 });
    expect(
      selectionMargin(
        [
          [4, 3, 1],
          [9, 5, 4],
        ],
        2,
      ),
    ).toMatchObject({ threshold: 5, margin: 1, orderMargin: 1 });
    expect(
      selectionMargin(
        [
          [1, 0, 0],
          [NaN, 2, 1],
          [3, 2, 1],
        ],
        2,
      ).orderMargin,
    ).toBeNaN();
  });

  it('of the order is what a loss that depends on the order needs', () => {
    // v₀ + 2v₁ is smooth within half of 1e-6 only; its gradient there is right.
    const y = [1, 1.000001, 0];
    const { margin, orderMargin } = selectionMargin(y, 2);
    expect(margin).toBe(1);
    expect(orderMargin).toBeCloseTo(1e-6, 7);
    const loss = (y: tf.Tensor) =>
      topk(y, 2)
        .values.dot(tf.tensor1d([1, 2]))
        .asScalar();
    expect(tf.grad(loss)(tf.tensor1d(y))).toEqualTensor([2, 1, 0]);
    // Within half of it, the loss is linear: both one-sided differences are the gradient's.
    const [at, up, down] = [0, 2 ** -22, -(2 ** -22)].map((t) =>
      loss(tf.tensor1d([1 + t, y[1], 0])),
    );
    expect(up.sub(at)).toEqualTensor(2 * 2 ** -22);
    expect(at.sub(down)).toEqualTensor(2 * 2 ** -22);
    const beyond = loss(tf.tensor1d([1 + 2 ** -18, y[1], 0]));
    expect(beyond.sub(at).dataSync()[0]).toBeLessThan(2 * 2 ** -18);
  });

  it('is infinite where nothing can change: k = 0 and k = n', () => {
    expect(selectionMargin([2, 1], 0)).toEqual({
      threshold: Infinity,
      runnerUp: 2,
      margin: Infinity,
      orderMargin: Infinity,
    });
    expect(selectionMargin([2, 1], 2)).toEqual({
      threshold: 1,
      runnerUp: -Infinity,
      margin: Infinity,
      orderMargin: 1, // the set cannot change, its order can
    });
  });

  it('does not change with an entry of −∞ or NaN that is no threshold', () => {
    expect(selectionMargin([-Infinity, 1], 2)).toMatchObject({ margin: Infinity });
    expect(selectionMargin([-Infinity, -Infinity], 1).margin).toBe(0);
    expect(selectionMargin([NaN, 3, 1], 2)).toMatchObject({ margin: 2, orderMargin: NaN });
    expect(selectionMargin([NaN], 1).margin).toBeNaN();
  });

  it('of a batch is that of the row with the smallest margin', () => {
    const rows = [
      [5, 1, 3, 2],
      [9, 7, 6.5, 0],
      [4, 0, 3, 1],
    ];
    expect(selectionMargin(rows, 2)).toEqual({
      threshold: 7,
      runnerUp: 6.5,
      margin: 0.5,
      orderMargin: 0.5,
    });
    expect(selectionMargin([[rows[2]], [rows[0]]], 2).margin).toBe(1);
    expect(selectionMargin(rows, 0).runnerUp).toBe(5); // all margins are infinite: the first row's
    expect(selectionMargin([[NaN, 1], rows[0].slice(2)], 1).margin).toBeNaN();
    expect(selectionMargin([rows[0].slice(2), [NaN, 1]], 1).margin).toBeNaN();
    expect(selectionMargin(tf.zeros([0, 3]), 2)).toEqual({
      threshold: Infinity,
      runnerUp: -Infinity,
      margin: Infinity,
      orderMargin: Infinity,
    });
  });

  it('refuses anything but numbers, a scalar, and k outside [0, n]', () => {
    expect(() => selectionMargin(['x'], 1)).toThrow(
      'selectionMargin: y must be a tensor or an array of numbers, got "x"',
    );
    expect(() => selectionMargin(1, 1)).toThrow(
      'selectionMargin: y must be of rank 1 or higher, got a scalar',
    );
    expect(() => selectionMargin([1, 2], 3)).toThrow(
      'selectionMargin: k must be an integer in [0, 2], got 3',
    );
  });
});
