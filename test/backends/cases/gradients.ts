import * as tf from '@tensorflow/tfjs';
import { hessian, jacobian, selectionMatrix, topk } from '../../../src/index.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';
import { permutation } from '../permutation.ts';
import { read } from '../read.ts';

/** The gradients of topk and of stock tf.topk, to order 3. */
const { cases, it } = collectCases('topk');
export { cases as gradients };

const squares = (x: tf.Tensor, k: number): tf.Scalar => topk(x, k).values.square().sum();

it('has the gradient that central differences find', async () => {
  const x = permutation([5, 5]).div(5);
  const [data, h] = [await x.data(), 2 ** -6];
  const slopes = [];
  for (let i = 0; i < data.length; i++) {
    const at = async (step: number) => {
      const moved = Float32Array.from(data);
      moved[i] += step;
      return (await squares(tf.tensor(moved, x.shape), 3).data())[0];
    };
    slopes.push(((await at(h)) - (await at(-h))) / (2 * h));
  }
  const gradient = tf.grad((x) => squares(x, 3))(x);
  await checkTensor(gradient.flatten(), slopes, { tolerance: 2e-3 });
});

it('sends the upstream gradient to the selected indices', async () => {
  const x = tf.tensor2d([
    [2, -1, 1000, 3, 4],
    [1, 5, 2, 4, 3],
  ]);
  const upstream = tf.tensor2d([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  for (const select of [topk, tf.topk]) {
    await checkTensor(tf.grad((x) => select(x, 3).values)(x, upstream), [
      [0, 0, 1, 3, 2],
      [0, 4, 0, 5, 6],
    ]);
  }
});

it('has the gradient of the one-hot formulation on random rows', async () => {
  for (const [rows, n, k] of [
    [1, 1, 1],
    [4, 6, 3],
    [3, 40, 40],
    [20, 33, 5],
  ]) {
    const x = tf.randomNormal([rows, n], 0, 1, 'float32', rows + n);
    const upstream = tf.randomNormal([rows, k], 0, 1, 'float32', k);
    const gradient = tf.grad((x) => topk(x, k).values)(x, upstream);
    const P = selectionMatrix(topk(x, k).indices, n); // [rows, k, n]
    await checkTensor(gradient, P.mul(upstream.expandDims(-1)).sum(1));
  }
});

it('has zero gradients of orders 1 and 2 for k = 0', async () => {
  for (const shape of [[3], [2, 3]]) {
    const x = permutation(shape);
    // The sum of no entries alone is not 0 on wasm, and throws on webgpu.
    const loss = (x: tf.Tensor) => tf.concat([topk(x, 0).values.square(), x.square()], -1).sum();
    await checkTensor(tf.grad(loss)(x), x.mul(2));
    const second = tf.grad((x) => tf.grad(loss)(x).sum());
    await checkTensor(second(x), tf.fill(shape, 2), { of: 'second order' });
  }
});

it('has gradients of orders 1 and 2 for no indices, and for an empty x', async () => {
  const none = tf.tensor1d([], 'int32');
  const x = tf.tensor1d([1, 2, 3]);
  const withX = (x: tf.Tensor) => tf.concat([tf.gather(x, none).square(), x.square()]).sum();
  await checkTensor(tf.grad(withX)(x), x.mul(2));
  const second = tf.grad((x) => tf.grad(withX)(x).sum());
  await checkTensor(second(x), [2, 2, 2], { of: 'second order' });
  // An x without entries has only shapes to get wrong.
  const empty = tf.zeros([0, 3]);
  const loss = (x: tf.Tensor) => topk(x, 1).values.square();
  checkEqual(tf.grad(loss)(empty).shape, [0, 3]);
  checkEqual(tf.grad((x) => tf.grad(loss)(x))(empty).shape, [0, 3]);
});

it('gives each row of a batch what it gives the row alone', async () => {
  const x = permutation([5, 3, 4]);
  const { values, indices } = topk(x, 3);
  const dx = tf.grad((x) => squares(x, 3))(x);
  for (const [i, matrix] of x.unstack().entries()) {
    for (const [j, row] of matrix.unstack().entries()) {
      const alone = topk(row, 3);
      const rowOf = (t: tf.Tensor) => t.slice([i, j], [1, 1]).flatten();
      await checkTensor(rowOf(values), alone.values);
      await checkTensor(rowOf(indices), alone.indices);
      const dRow = tf.grad((row) => squares(row, 3))(row);
      await checkTensor(rowOf(dx), dRow, { of: 'gradient' });
    }
  }
});

it('has the selection matrix as its Jacobian, and for Σ v² a Hessian of 2 on the selected entries', async () => {
  const y = permutation([5]).div(4);
  const P = selectionMatrix(topk(y, 2).indices, 5);
  await checkTensor(jacobian((y: tf.Tensor) => topk(y, 2).values)(y), P);
  const H = hessian((y: tf.Tensor) => {
    const v = topk(y, 2).values;
    return v.mul(v).sum();
  })(y);
  await checkTensor(H, tf.eye(5).mul(tf.sum(P, 0).mul(2)));
});

it('has the gradient of order 3 of Σ v³', async () => {
  const cubes = (x: tf.Tensor) => {
    const v = topk(x, 2).values;
    return v.mul(v).mul(v).sum();
  };
  const second = (x: tf.Tensor) => tf.grad((x) => tf.grad(cubes)(x).sum())(x);
  const third = tf.grad((x) => second(x).sum());
  await checkTensor(third(tf.tensor1d([3, 1, 2, 5])), [6, 0, 0, 6]);
});

it('scatters many rows, each from its own updates', async () => {
  const x = tf.randomNormal([300, 40], 0, 1, 'float32', 2);
  const { values, indices } = topk(x, 5);
  const [v, at] = [await read(values), await read(indices)] as [number[][], number[][]];
  const expected = v.map((row, b) => {
    const dRow = Array<number>(40).fill(0);
    row.forEach((value, j) => (dRow[at[b][j]] = 2 * value));
    return dRow;
  });
  await checkTensor(tf.grad((x) => squares(x, 5))(x), expected);
});

it('has a zero gradient for a loss of the indices alone', async () => {
  const loss = (x: tf.Tensor) => topk(x, 2).indices.cast('float32').sum();
  await checkTensor(tf.grad(loss)(tf.tensor1d([3, 1, 2])), [0, 0, 0]);
});
