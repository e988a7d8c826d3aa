import * as tf from '@tensorflow/tfjs';
import { rowSparseGrads, selectionMatrix, topkLinear } from '../../src/index.ts';
import { check } from './check.ts';
import { read, type Case } from './helpers.ts';

/** topk(Wx) in one, and its gradients. Small integers, so that every sum is exact on every backend. */
export const linear: Case[] = [];

function it(title: string, run: Case['run']): void {
  linear.push({ title, run });
}

const integers = (shape: number[], seed: number) =>
  tf.randomUniform(shape, -4, 5, 'float32', seed).floor();

/** n × d, k, and what x is: a vector, or so many of them. */
const SHAPES: [n: number, d: number, k: number, b?: number][] = [
  [1, 1, 1],
  [6, 3, 2],
  [7, 5, 7, 1],
  [9, 16, 3, 4],
  [33, 17, 5, 6],
  [100, 40, 32, 9],
  [5, 4, 0],
  [5, 4, 0, 3],
  [5, 4, 2, 0],
];

for (const [n, d, k, b] of SHAPES) {
  const name = `W [${String(n)}, ${String(d)}], x [${String(b === undefined ? d : [b, d])}], k = ${String(k)}`;
  const W = () => integers([n, d], n + d);
  const x = () => integers(b === undefined ? [d] : [b, d], n - d);
  const y = () => tf.mul(W(), x().expandDims(-2)).sum(-1); // [n] or [b, n]

  it(`selects the greatest of Wx: ${name}`, async () => {
    const { values, indices } = topkLinear(W(), x(), k);
    const rows = (b === undefined ? [await read(y())] : await read(y())) as number[][];
    const places = (row: number[]) =>
      row
        .map((_, i) => i)
        .sort((i, j) => row[j] - row[i] || i - j)
        .slice(0, k);
    const expected = rows.map((row) => places(row));
    const shape = b === undefined ? [k] : [b, k];
    check([values.shape, indices.shape], [shape, shape]);
    check([values.dtype, indices.dtype], ['float32', 'int32']);
    check(Array.from(await indices.data()), expected.flat());
    check(
      Array.from(await values.data()),
      expected.flatMap((at, r) => at.map((i) => rows[r][i])),
    );
  });

  if (k === 0 || b === 0) continue;

  // L = Σ c v²: with z = Pᵀ 2 c v, dL/dW = z xᵀ and dL/dx = Wᵀ z.
  it(`has the gradients of the selection matrix: ${name}`, async () => {
    const c = tf.range(1, k + 1);
    const loss = (v: tf.Tensor): tf.Scalar => v.mul(v).mul(c).sum();
    const { values, indices } = topkLinear(W(), x(), k);
    const P = selectionMatrix(indices, n); // [k, n] or [b, k, n]
    const z = P.mul(values.mul(c).mul(2).expandDims(-1)).sum(-2); // [n] or [b, n]
    const perExample = z.expandDims(-1).mul(x().expandDims(-2)); // [n, d] or [b, n, d]
    const dW = await read(b === undefined ? perExample : perExample.sum(0));
    const dx = await read(W().mul(z.expandDims(-1)).sum(-2));

    const throughTopk = (W: tf.Tensor, x: tf.Tensor) => loss(topkLinear(W, x, k).values);
    const [denseW, denseX] = tf.grads(throughTopk)([W(), x()]);
    check(await read(denseW), dW, 'dW');
    check(await read(denseX), dx, 'dx');

    const sparse = rowSparseGrads(W(), x(), k, loss);
    check(await read(sparse.dW.dense()), dW, 'dense()');
    check(await read(sparse.dx), dx, 'dx of rowSparseGrads');
    check(await read(sparse.indices), await read(indices));
    check(await read(sparse.dValues), await read(values.mul(c).mul(2)));
    check(await read(sparse.value), await read(loss(values)));
    const rows = sparse.dValues.expandDims(-1).mul(x().expandDims(-2));
    check(await read(sparse.dW.rows()), await read(rows), 'rows()');
  });
}

it('has zero gradients for k = 0, which have a next order', async () => {
  for (const shape of [[3], [2, 3]]) {
    const [W, x] = [integers([4, 3], 1), integers(shape, 2)];
    // Not a sum of no entries, which is not 0 on wasm, and throws on webgpu.
    const loss = (W: tf.Tensor, x: tf.Tensor) => {
      const none = topkLinear(W, x, 0).values.square().flatten();
      return tf.concat([none, W.square().flatten(), x.square().flatten()]).sum();
    };
    const [dW, dx] = tf.grads(loss)([W, x]);
    check(await read(dW), await read(W.mul(2)));
    check(await read(dx), await read(x.mul(2)));
    const second = tf.grad((x) => tf.grads(loss)([W, x])[1].sum())(x);
    check(await second.data(), new Float32Array(x.size).fill(2), 'second order');
  }
});

it('has the second order of Σ topk(Wx)²: along any U, 2 Pᵀ P U x xᵀ', async () => {
  const [W, x, U] = [integers([7, 3], 1), integers([3], 2), integers([7, 3], 3)];
  const loss = (W: tf.Tensor) => {
    const v = topkLinear(W, x, 2).values;
    return v.mul(v).sum();
  };
  const product = tf.grad((W) => tf.grad(loss)(W).mul(U).sum())(W);
  const P = selectionMatrix(topkLinear(W, x, 2).indices, 7);
  const Ux = U.mul(x.expandDims(0)).sum(1);
  const z = P.mul(P.mul(Ux.expandDims(0)).sum(1, true))
    .sum(0)
    .mul(2);
  check(await read(product), await read(z.expandDims(1).mul(x.expandDims(0))));
});

it('takes a step of gradient descent in the rows alone, and adds those that several select', async () => {
  const W = tf.variable(
    tf.tensor2d([
      [1, 2],
      [3, 1],
      [0, 1],
    ]),
  );
  const x = tf.tensor2d([
    [1, 1],
    [1, 0],
  ]);
  const { dW } = rowSparseGrads(W, x, 1, (v) => v.square().sum()); // both select row 1
  const expected = [
    [1, 2],
    [3 - 0.5 * 14, 1 - 0.5 * 8],
    [0, 1],
  ];
  check(dW.subtractFrom(W, 0.5), false, 'the first time');
  check(await read(W), expected);
  const again = [
    [1, 2],
    [3 - 14, 1 - 8],
    [0, 1],
  ];
  const inPlace = tf.getBackend() === 'wasm';
  check(dW.subtractFrom(W, 0.5), inPlace, 'the second time');
  check(await read(W), again);
  W.dispose();
});
