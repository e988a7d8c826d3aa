import * as tf from '@tensorflow/tfjs';
import { sort, takeAlongAxis, topk, type SortOptions } from '../../../src/index.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';
import { permutation } from '../permutation.ts';
import { rowsAlong } from '../rowsAlong.ts';

const { cases, it } = collectCases('sort');
export { cases as sorting };

const SHAPES: [shape: number[], options: SortOptions][] = [
  [[1], {}],
  [[16], {}],
  [[16], { descending: true }],
  [[4, 30], { axis: -1 }],
  [[5, 6], { axis: 0, descending: true }],
  [[3, 4, 5], { axis: 1 }],
];

for (const [shape, options] of SHAPES) {
  const name = `[${shape.join(', ')}], ${JSON.stringify(options)}`;
  const { axis = -1, descending = false } = options;

  it(`equals a plain stable sort of numbers with ties, NaN and infinities: ${name}`, async () => {
    const list = [2, NaN, -1, 0, -0, Infinity, 2, -Infinity, NaN, 1, 2];
    const size = shape.reduce((a, b) => a * b);
    const x = tf.tensor(Array.from({ length: size }, (_, i) => list[(i * i) % 11]), shape); // prettier-ignore
    const { values, indices } = sort(x, options);
    checkEqual([values.shape, indices.shape, indices.dtype], [shape, shape, 'int32']);
    const expected = (await rowsAlong(x, axis)).map((row) =>
      plainTopk(row, row.length, descending),
    );
    await checkTensor(await rowsAlong(values, axis), expected.map((e) => e.values)); // prettier-ignore
    await checkTensor(await rowsAlong(indices, axis), expected.map((e) => e.indices)); // prettier-ignore
  });

  // L = Σ c v³ with c by rank: dL/dx = 3 c x² and along ones 6 c x, with c at the rank of each entry.
  it(`has the gradients of orders 1 and 2 of its permutation: ${name}`, async () => {
    const x = permutation(shape);
    const c = tf.range(1, x.size + 1).reshape(shape);
    const gradient = tf.grad((x) => {
      const v = sort(x, options).values;
      return v.mul(v).mul(v).mul(c).sum();
    });
    const [rows, at] = [await rowsAlong(x, axis), await rowsAlong(sort(x, options).indices, axis)];
    const weights = await rowsAlong(c, axis);
    const of = (factor: (entry: number) => number) =>
      rows.map((row, r) => row.map((entry, i) => weights[r][at[r].indexOf(i)] * factor(entry)));
    await checkTensor(await rowsAlong(gradient(x), axis), of((entry) => 3 * entry ** 2)); // prettier-ignore
    const second = tf.grad((x) => gradient(x).sum())(x);
    await checkTensor(await rowsAlong(second, axis), of((entry) => 6 * entry)); // prettier-ignore
  });
}

it('sorts integers, and an empty axis', async () => {
  const { values, indices } = sort(tf.tensor1d([3, -1, 3, 2], 'int32'), { descending: true });
  checkEqual(values.dtype, 'int32');
  await checkTensor(values, [3, 3, 2, -1]);
  await checkTensor(indices, [0, 2, 3, 1]);
  checkEqual(sort(tf.zeros([2, 0])).values.shape, [2, 0]);
});

// Integers carry no gradient. tfjs fills in zeros of their own dtype, and refuses a rule that returns these.
it('lets the gradient of other functions pass by a sort or a top-k of integers', async () => {
  const x = tf.tensor1d([3, 1, 4, 0]);
  const byRank = (x: tf.Tensor): tf.Scalar => {
    const { values, indices } = topk(x, 2);
    const ascending = sort(indices).indices; // of [2, 0]
    return takeAlongAxis(values, ascending).mul([1, 10]).sum();
  };
  await checkTensor(tf.grad(byRank)(x), [1, 0, 10, 0]);
  for (const select of [topk, tf.topk]) {
    const rounded = (x: tf.Tensor): tf.Scalar =>
      takeAlongAxis(x, select(x.cast('int32'), 2).indices)
        .mul([1, 10])
        .sum();
    await checkTensor(tf.grad(rounded)(x), [10, 0, 1, 0]);
  }
});
