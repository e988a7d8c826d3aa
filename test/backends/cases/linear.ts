import * as tf from '@tensorflow/tfjs';
import {
  RowSparse,
  rowSparseGrads,
  selectionMatrix,
  topk,
  topkLinear,
  weightedRows,
} from '../../../src/index.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';
import { read } from '../read.ts';

/** topkLinear and its gradients, for small integers: every sum is exact on every backend. */
const { cases, it } = collectCases('topkLinear');
const rowSparse = collectCases('RowSparse');

const integers = (shape: number[], seed: number) =>
  tf.randomUniform(shape, -4, 5, 'float32', seed).floor();

/** W is n × d; x is a vector, or b of them. */
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

/** For tfjs the indices are constants: it has no gradient of Equal and the like. */
it('has gradients where the loss compares the indices, within an outer gradient as well', async () => {
  const W = tf.tensor2d([[1, 0], [0, 2], [1, 1]]); // prettier-ignore
  const x = tf.tensor1d([3, 1]); // Wx = [3, 2, 4]
  const squareOfRow2 = (v: tf.Tensor, indices: tf.Tensor): tf.Scalar =>
    tf.where(indices.equal(2), v.square(), tf.zerosLike(v)).sum();
  const loss = (W: tf.Tensor) => {
    const { values, indices } = topkLinear(W, x, 2);
    return squareOfRow2(values, indices);
  };
  await checkTensor(tf.grad(loss)(W), [[0, 0], [0, 0], [24, 8]]); // prettier-ignore
  const penalty = (W: tf.Tensor) => rowSparseGrads(W, x, 2, squareOfRow2).dW.dense().square().sum();
  await checkTensor(tf.grad(penalty)(W), [[0, 0], [0, 0], [960, 320]]); // prettier-ignore
});

for (const [n, d, k, b] of SHAPES) {
  const name = `W [${String(n)}, ${String(d)}], x [${String(b === undefined ? d : [b, d])}], k = ${String(k)}`;
  const W = () => integers([n, d], n + d);
  const x = () => integers(b === undefined ? [d] : [b, d], n - d);
  const y = () => tf.mul(W(), x().expandDims(-2)).sum(-1); // [n] or [b, n]

  it(`selects the largest of Wx: ${name}`, async () => {
    const { values, indices } = topkLinear(W(), x(), k);
    const rows = (b === undefined ? [await read(y())] : await read(y())) as number[][];
    const expected = rows.map((row) =>
      row
        .map((_, i) => i)
        .sort((i, j) => row[j] - row[i] || i - j)
        .slice(0, k),
    );
    const shape = b === undefined ? [k] : [b, k];
    checkEqual([values.shape, indices.shape], [shape, shape]);
    checkEqual([values.dtype, indices.dtype], ['float32', 'int32']);
    await checkTensor(indices.flatten(), expected.flat());
    const inRow = expected.flatMap((at, r) => at.map((i) => rows[r][i]));
    await checkTensor(values.flatten(), inRow);
  });

  if (k === 0 || b === 0) continue;

  // L = Σ c v²: with z = Pᵀ 2 c v, dL/dW = z xᵀ and dL/dx = Wᵀ z.
  it(`has the gradients of the selection matrix: ${name}`, async () => {
    const c = tf.range(1, k + 1);
    const loss = (v: tf.Tensor): tf.Scalar => v.mul(v).mul(c).sum();
    const { values, indices } = topkLinear(W(), x(), k);
    const P = selectionMatrix(indices, n); // [k, n] or [b, k, n]
    const dValues = values.mul(c).mul(2);
    const z = P.mul(dValues.expandDims(-1)).sum(-2); // [n] or [b, n]
    const perExample = z.expandDims(-1).mul(x().expandDims(-2)); // [n, d] or [b, n, d]
    const dW = b === undefined ? perExample : perExample.sum(0);
    const dx = W().mul(z.expandDims(-1)).sum(-2);

    const throughTopk = (W: tf.Tensor, x: tf.Tensor) => loss(topkLinear(W, x, k).values);
    const [denseW, denseX] = tf.grads(throughTopk)([W(), x()]);
    await checkTensor(denseW, dW, { of: 'dW' });
    await checkTensor(denseX, dx, { of: 'dx' });

    const sparse = rowSparseGrads(W(), x(), k, loss);
    await checkTensor(sparse.dW.dense(), dW, { of: 'dense()' });
    await checkTensor(sparse.dx, dx, { of: 'dx of rowSparseGrads' });
    await checkTensor(sparse.indices, indices, { of: 'indices' });
    await checkTensor(sparse.dValues, dValues, { of: 'dValues' });
    await checkTensor(sparse.value, loss(values), { of: 'value' });
    const rows = dValues.expandDims(-1).mul(x().expandDims(-2));
    await checkTensor(sparse.dW.rows(), rows, { of: 'rows()' });
  });
}

it('has zero gradients of orders 1 and 2 for k = 0', async () => {
  for (const shape of [[3], [2, 3]]) {
    const [W, x] = [integers([4, 3], 1), integers(shape, 2)];
    // The sum of no entries alone is not 0 on wasm, and throws on webgpu.
    const loss = (W: tf.Tensor, x: tf.Tensor) => {
      const none = topkLinear(W, x, 0).values.square().flatten();
      return tf.concat([none, W.square().flatten(), x.square().flatten()]).sum();
    };
    const [dW, dx] = tf.grads(loss)([W, x]);
    await checkTensor(dW, W.mul(2));
    await checkTensor(dx, x.mul(2));
    const second = tf.grad((x) => tf.grads(loss)([W, x])[1].sum())(x);
    await checkTensor(second, tf.fill(shape, 2), { of: 'second order' });
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
  const z = P.mul(P.mul(Ux.expandDims(0)).sum(1, true)).sum(0).mul(2); // prettier-ignore
  await checkTensor(product, z.expandDims(1).mul(x.expandDims(0)));
});

for (const k of [7, 8, 30]) {
  it(`has the gradients of order 1 and 2 in W, x and bias of a constant selection, k = ${String(k)}`, async () => {
    const inputs = [integers([40, 6], 1), integers([5, 6], 2), integers([40], 3)];
    const U = [integers([40, 6], 4), integers([5, 6], 5), integers([40], 6)];
    const product = (W: tf.Tensor, x: tf.Tensor) => tf.mul(W, x.expandDims(-2)).sum(-1);
    const [W, x, bias] = inputs;
    const isSelected = selectionMatrix(topk(product(W, x).add(bias), k).indices, 40).sum(1);
    const formula = (W: tf.Tensor, x: tf.Tensor, bias: tf.Tensor): tf.Scalar =>
      product(W, x).add(bias).mul(isSelected).square().sum();
    const loss = (W: tf.Tensor, x: tf.Tensor, bias: tf.Tensor): tf.Scalar =>
      topkLinear(W, x, k, { bias }).values.square().sum();
    const second = (f: typeof loss) => (W: tf.Tensor, x: tf.Tensor, bias: tf.Tensor) => {
      const gradients = tf.grads(f)([W, x, bias]);
      return tf.addN(gradients.map((gradient, i) => gradient.mul(U[i]).sum<tf.Scalar>()));
    };
    for (const order of [(f: typeof loss) => f, second]) {
      const [expected, found] = [formula, loss].map((f) => tf.grads(order(f))(inputs));
      for (const [i, name] of ['W', 'x', 'bias'].entries())
        await checkTensor(found[i], expected[i], { of: `order ${order === second ? '2' : '1'} in ${name}` }); // prettier-ignore
    }
  });
}

rowSparse.it(
  'takes a step of gradient descent, and adds what several examples give a row',
  async () => {
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
    checkEqual(dW.subtractFrom(W, 0.5), false, 'in place the first time');
    await checkTensor(W, expected);
    const again = [
      [1, 2],
      [3 - 14, 1 - 8],
      [0, 1],
    ];
    const inPlace = tf.getBackend() === 'wasm';
    checkEqual(dW.subtractFrom(W, 0.5), inPlace, 'in place the second time');
    await checkTensor(W, again);
    W.dispose();
  },
);

it('returns the gradient of a decoder as a RowSparse', async () => {
  const [W, x, D] = [integers([9, 4], 1), integers([5, 4], 2), integers([9, 4], 3)];
  const { indices, values } = topkLinear(W, x, 2);
  const code = selectionMatrix(indices, 9).mul(values.expandDims(-1)).sum<tf.Tensor2D>(1);
  const formula = (D: tf.Tensor): tf.Scalar =>
    tf
      .matMul(code, D as tf.Tensor2D)
      .sub(x)
      .square()
      .sum();
  const loss = (v: tf.Tensor, i: tf.Tensor): tf.Scalar =>
    weightedRows(D, i, v).sub(x).square().sum();
  const { dD } = rowSparseGrads(W, x, 2, loss, { variables: { dD: D } }).grads;
  checkEqual(dD instanceof RowSparse, true, 'row-sparse');
  await checkTensor((dD as RowSparse).dense(), tf.grad(formula)(D));
});

it('adds a bias, obeys a mask, and selects across a batch, with gradients', async () => {
  const [W, x, bias] = [integers([9, 4], 1), integers([5, 4], 2), integers([9], 3)];
  const mask = tf.tensor1d([1, 1, 0, 1, 1, 0, 1, 1, 1], 'bool');
  const y = tf.where(mask, tf.mul(W, x.expandDims(-2)).sum(-1).add(bias), -Infinity);
  for (const acrossBatch of [false, true]) {
    const shaped = acrossBatch ? y.reshape([1, 45]) : y;
    const P = selectionMatrix(topk(shaped, acrossBatch ? 10 : 2).indices, shaped.shape[1] ?? 0);
    const isSelected = P.sum(1).reshape([5, 9]);
    const options = { bias, mask, acrossBatch };
    const formula = (W: tf.Tensor, x: tf.Tensor, bias: tf.Tensor): tf.Scalar =>
      tf.mul(W, x.expandDims(-2)).sum(-1).add(bias).mul(isSelected).square().sum();
    const loss = (v: tf.Tensor): tf.Scalar => v.square().sum();
    const { value, dW, dx, dBias } = rowSparseGrads(W, x, 2, loss, options);
    await checkTensor(value, formula(W, x, bias), { of: 'the loss' });
    const expected = tf.grads(formula)([W, x, bias]);
    const found = [dW.dense(), dx, dBias];
    for (const [i, name] of ['dW', 'dx', 'dBias'].entries()) {
      await checkTensor(found[i], expected[i], { of: name });
    }
  }
});

export const linear = [...cases, ...rowSparse.cases];
