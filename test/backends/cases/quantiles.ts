import * as tf from '@tensorflow/tfjs';
import { median, quantile, sort, topk, topkActivation } from '../../../src/index.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';
import { rowsAlong } from '../rowsAlong.ts';

const { cases, it } = collectCases('quantile');
export { cases as quantiles };

const tolerance = { absolute: 1e-5, relative: 1e-5 };

const SHAPES: [shape: number[], axis: number][] = [
  [[1], 0],
  [[16], -1],
  [[4, 33], 1],
  [[6, 5], 0],
  [[3, 7, 4], 1],
  [[2, 5000], 1],
];

for (const [shape, axis] of SHAPES) {
  const n = shape.at(axis) ?? 0;
  const name = `[${shape.join(', ')}], axis ${String(axis)}`;
  const data = {
    'random numbers': () => tf.randomNormal(shape, 0, 1, 'float32', 1),
    'few different numbers': () => tf.randomUniform(shape, -2, 3, 'float32', 2).floor(),
    'ascending numbers': () =>
      tf
        .range(
          0,
          shape.reduce((a, b) => a * b),
        )
        .reshape(shape),
  };

  for (const [kind, make] of Object.entries(data)) {
    it(`selects the entries that a plain sort puts at each rank, and their places: ${kind}, ${name}`, async () => {
      const x = make();
      const ranks = [...new Set([0, 1, Math.floor(n / 3), Math.floor(n / 2), n - 2, n - 1])];
      const valid = ranks.filter((rank) => rank >= 0 && rank < n);
      for (const some of [valid, ...valid.map((rank) => [rank])]) {
        const qs = some.map((rank) => (n === 1 ? 0.5 : rank / (n - 1)));
        const at = { axis, interpolation: 'nearest' } as const;
        const sums = (x: tf.Tensor) => quantile(x, qs, at);
        const found = await rowsAlong(sums(x), 0);
        const rows = (await rowsAlong(x, axis)).map((row) => plainTopk(row, n, false));
        await checkTensor(found, rows.map(({ values }) => some.map((rank) => values[rank]))); // prettier-ignore
        // The gradient shows which of the entries that tie it was.
        const gradient = await rowsAlong(tf.grad(sums)(x), axis);
        const expected = rows.map(({ indices }) => {
          const row = Array<number>(n).fill(0);
          for (const rank of some) row[indices[rank]]++;
          return row;
        });
        await checkTensor(gradient, expected, { of: 'gradient' });
      }
    });
  }

  it(`interpolates the sorted entries, with gradients of orders 1 and 2: ${name}`, async () => {
    const x = tf.randomNormal(shape, 0, 1, 'float32', 3);
    const qs = [0.1, 0.5, 0.77];
    const bySort = (x: tf.Tensor) => {
      const { values } = sort(x, { axis });
      const at = axis < 0 ? axis + shape.length : axis;
      const entry = (rank: number) => tf.gather(values, rank, at);
      return tf.stack(
        qs.map((q) => {
          const [h, low] = [q * (n - 1), Math.floor(q * (n - 1))];
          return entry(low).mul(1 - (h - low)).add(entry(Math.ceil(h)).mul(h - low)); // prettier-ignore
        }),
      );
    };
    const ours = (x: tf.Tensor) => quantile(x, qs, { axis });
    await checkTensor(ours(x), bySort(x), { tolerance });
    const gradient = (f: (x: tf.Tensor) => tf.Tensor) =>
      tf.grad((x: tf.Tensor) => {
        const y = f(x);
        return y.mul(y).sum();
      });
    await checkTensor(gradient(ours)(x), gradient(bySort)(x), { of: 'gradient', tolerance });
    const second = (f: (x: tf.Tensor) => tf.Tensor) => tf.grad((x) => gradient(f)(x).sum())(x);
    await checkTensor(second(ours), second(bySort), { of: 'second order', tolerance });
  });
}

it('is NaN in a row with NaN, whose first gets the gradient', async () => {
  const x = tf.tensor2d([[3, NaN, 2, NaN, 1], [3, 5, 2, 4, 1]]); // prettier-ignore
  await checkTensor(quantile(x, 0.5, { axis: 1 }), [NaN, 3]);
  const gradient = tf.grad((x) => quantile(x, 0.5, { axis: 1 }))(x);
  await checkTensor(gradient, [[0, 1, 0, 0, 0], [1, 0, 0, 0, 0]]); // prettier-ignore
});

it('along another axis of a tensor that was cast from integers, as topk and topkActivation', async () => {
  const x = tf.tensor2d([[3, 1], [2, 8]], [2, 2], 'int32').toFloat(); // prettier-ignore
  await checkTensor(quantile(x, 1, { axis: 0 }), [3, 8]);
  await checkTensor(topk(x, 1, { axis: 0 }).values, [[3, 8]]);
  await checkTensor(topkActivation(x, 1, { axis: 0 }), [[3, 0], [0, 8]]); // prettier-ignore
});

it('of a tensor that is empty along another axis is empty', async () => {
  for (const [shape, axis, left] of [
    [[0, 6, 2], 1, [0, 2]],
    [[4, 0, 3, 3], 2, [4, 0, 3]],
  ] as const) {
    const x = tf.zeros([...shape]);
    await checkTensor(quantile(x, 0.5, { axis }), tf.zeros([...left]));
    await checkTensor(quantile(x, [0, 1], { axis }), tf.zeros([2, ...left]));
    await checkTensor(median(x, axis), tf.zeros([...left]));
    await checkTensor(tf.grad((x) => median(x, axis))(x), x);
  }
});

it('of all entries, and of integers', async () => {
  const x = tf.tensor2d([[3, 1], [2, 8]], [2, 2], 'int32'); // prettier-ignore
  await checkTensor(median(x), 2.5);
  checkEqual([median(x).dtype, median(x).shape], ['float32', []]);
  await checkTensor(quantile(x, [0, 1], { axis: 0 }), [[2, 1], [3, 8]]); // prettier-ignore
});
