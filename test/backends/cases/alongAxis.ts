import * as tf from '@tensorflow/tfjs';
import { putAlongAxis, takeAlongAxis, topk } from '../../../src/index.ts';
import { isOnGpu } from '../../../src/util/isOnGpu.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';
import { rowsAlong } from '../rowsAlong.ts';

/** takeAlongAxis and putAlongAxis against loops over rows, with small integers: every sum is exact. */
const take = collectCases('takeAlongAxis');
const put = collectCases('putAlongAxis');

const SHAPES: [shape: number[], k: number, axis: number][] = [
  [[1], 1, 0],
  [[5], 3, -1],
  [[5], 9, 0],
  [[4, 6], 3, 1],
  [[4, 6], 7, 0],
  [[3, 1], 2, 1],
  [[3, 4, 5], 2, -1],
  [[3, 4, 5], 6, 1],
  [[3, 4, 5], 2, -3],
  [[2, 3, 4, 5], 3, 2],
  [[2, 3, 1, 2, 3], 2, 1],
  [[2, 2, 3, 1, 2, 2], 4, 2],
  [[40, 33], 20, 1],
];

const integers = (shape: number[], dtype: 'float32' | 'int32', seed: number, below = 9) =>
  tf.randomUniform(shape, 0, below, 'float32', seed).floor().cast(dtype);

for (const [shape, k, axis] of SHAPES) {
  const at = axis < 0 ? axis + shape.length : axis;
  const n = shape[at];
  const kShape = shape.map((size, i) => (i === at ? k : size));
  const indices = () => integers(kShape, 'int32', n + k, n);

  for (const dtype of ['float32', 'int32'] as const) {
    const name = `[${shape.join(', ')}], k = ${String(k)}, axis ${String(axis)}, ${dtype}`;

    take.it(`reads each row at its indices: ${name}`, async () => {
      const x = integers(shape, dtype, 1);
      const values = takeAlongAxis(x, indices(), axis);
      checkEqual([values.shape, values.dtype], [kShape, dtype]);
      const [rows, where] = [await rowsAlong(x, axis), await rowsAlong(indices(), axis)];
      const expected = rows.map((row, r) => where[r].map((i) => row[i]));
      await checkTensor(await rowsAlong(values, axis), expected);
    });

    take.it(
      `selects slices by indices of length 1 after the axis, and its gradients: ${name}`,
      async () => {
        const x = integers(shape, dtype, 1);
        const one = indices().slice(
          shape.map(() => 0),
          kShape.map((size, i) => (i > at ? 1 : size)),
        );
        const after = shape.slice(at + 1).reduce((a, b) => a * b, 1);
        const entries = Array.from(await one.data());
        const repeated = tf.tensor(
          entries.flatMap((entry) => Array<number>(after).fill(entry)),
          kShape,
          'int32',
        );
        await checkTensor(takeAlongAxis(x, one, axis), takeAlongAxis(x, repeated, axis));
        if (dtype === 'int32') return;
        const gradientBy = (indices: tf.Tensor) =>
          tf.grad((x) =>
            tf
              .grad((x) => takeAlongAxis(x, indices, axis).pow(3).sum())(x)
              .square()
              .sum(),
          )(x);
        await checkTensor(gradientBy(one), gradientBy(repeated));
      },
    );

    put.it(`adds each row at its indices, repeated ones too: ${name}`, async () => {
      const values = integers(kShape, dtype, 2);
      const sums = putAlongAxis(values, indices(), n, axis);
      checkEqual([sums.shape, sums.dtype], [shape, dtype]);
      const [rows, where] = [await rowsAlong(values, axis), await rowsAlong(indices(), axis)];
      const expected = rows.map((row, r) => {
        const sum = Array<number>(n).fill(0);
        row.forEach((value, j) => (sum[where[r][j]] += value));
        return sum;
      });
      await checkTensor(await rowsAlong(sums, axis), expected);
    });
  }

  // With L = Σ c y³, dL/dy = 3 c y², and along a direction of ones the second order is 6 c y.
  const name = `[${shape.join(', ')}], k = ${String(k)}, axis ${String(axis)}`;
  const cubes = (f: (x: tf.Tensor) => tf.Tensor, c: tf.Tensor) => (x: tf.Tensor) => {
    const y = f(x);
    return y.mul(y).mul(y).mul(c).sum();
  };

  take.it(`has the gradients of orders 1 and 2 that putAlongAxis gives: ${name}`, async () => {
    const [x, c] = [integers(shape, 'float32', 3), integers(kShape, 'float32', 4)];
    const y = takeAlongAxis(x, indices(), axis);
    const gradient = tf.grad(cubes((x) => takeAlongAxis(x, indices(), axis), c));
    const scattered = (t: tf.Tensor) => putAlongAxis(t, indices(), n, axis);
    await checkTensor(gradient(x), scattered(y.mul(y).mul(c).mul(3)));
    const second = tf.grad((x) => gradient(x).sum())(x);
    await checkTensor(second, scattered(y.mul(c).mul(6)), { of: 'second order' });
  });

  put.it(`has the gradients of orders 1 and 2 that takeAlongAxis gives: ${name}`, async () => {
    const [v, c] = [integers(kShape, 'float32', 5, 3), integers(shape, 'float32', 6, 3)];
    const y = putAlongAxis(v, indices(), n, axis);
    const gradient = tf.grad(cubes((v) => putAlongAxis(v, indices(), n, axis), c));
    const gathered = (t: tf.Tensor) => takeAlongAxis(t, indices(), axis);
    await checkTensor(gradient(v), gathered(y.mul(y).mul(c).mul(3)));
    // Entries at one index share their y, so each has as many second derivatives as share it.
    const shared = putAlongAxis(tf.onesLike(v), indices(), n, axis);
    const second = tf.grad((v) => gradient(v).sum())(v);
    await checkTensor(second, gathered(y.mul(c).mul(shared).mul(6)), { of: 'second order' });
  });
}

take.it('gives the values of topk at its indices, along every axis', async () => {
  const x = tf.randomNormal([4, 5, 6], 0, 1, 'float32', 1);
  for (const axis of [0, 1, 2]) {
    const { values, indices } = topk(x, 3, { axis });
    await checkTensor(takeAlongAxis(x, indices, axis), values);
  }
});

take.it(
  'takes NaN and infinities as they are, and leaves them out where not selected',
  async () => {
    const x = [1, NaN, Infinity, -Infinity, 2];
    await checkTensor(takeAlongAxis(x, [4, 0]), [2, 1]);
    await checkTensor(takeAlongAxis(x, [1, 2, 3]), [NaN, Infinity, -Infinity]);
  },
);

put.it('puts NaN and infinities where they belong, and nowhere else', async () => {
  const sums = putAlongAxis([NaN, Infinity, 1], [4, 1, 0], 5);
  await checkTensor(sums, [1, Infinity, 0, 0, NaN]);
});

put.it('is zero without values, and empty without a result', async () => {
  const none = tf.zeros([2, 0]);
  const at = tf.zeros([2, 0], 'int32');
  await checkTensor(putAlongAxis(none, at, 3), tf.zeros([2, 3]));
  checkEqual(putAlongAxis(none, at, 0).shape, [2, 0]);
  checkEqual(putAlongAxis(none, at, 3, 0).shape, [3, 0]);
  checkEqual(takeAlongAxis(tf.zeros([2, 3]), at).shape, [2, 0]);
  checkEqual(takeAlongAxis(none, at).shape, [2, 0]);
  const loss = (v: tf.Tensor) => putAlongAxis(v, at, 3).square().sum();
  checkEqual(tf.grad(loss)(none).shape, [2, 0]);
});

take.it('has a zero gradient of orders 1 and 2 for no indices', async () => {
  const at = tf.zeros([2, 0], 'int32');
  const x = tf.tensor2d([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
  // The sum of no entries alone is not 0 on wasm, and throws on webgpu.
  const loss = (x: tf.Tensor) => tf.concat([takeAlongAxis(x, at).square(), x.square()], 1).sum();
  await checkTensor(tf.grad(loss)(x), x.mul(2));
  const second = tf.grad((x) => tf.grad(loss)(x).sum());
  await checkTensor(second(x), tf.fill([2, 3], 2), { of: 'second order' });
});

take.it('refuses indices out of range, except on webgl and webgpu', () => {
  if (isOnGpu()) return;
  const message = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return (error as Error).message;
    }
    return 'none';
  };
  for (const [index, place] of [
    [3, 0],
    [-1, 1],
    [3, 5],
    [2 ** 31 - 1, 6],
    [-(2 ** 31), 6],
  ]) {
    // prettier-ignore
    const indices = [0, 1, 2, 0, 1, 2, 0].map((i, j) => (j === place ? index : i));
    const rule = `indices must be in [0, 3), got ${String(index)} at [${String(place)}]`;
    checkEqual(
      message(() => takeAlongAxis([1, 2, 3], indices)),
      `takeAlongAxis: ${rule}`,
    );
    checkEqual(
      message(() => putAlongAxis(indices, indices, 3)),
      `putAlongAxis: ${rule}`,
    );
  }
});

export const alongAxis = [...take.cases, ...put.cases];
