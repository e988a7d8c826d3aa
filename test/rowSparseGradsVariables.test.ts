import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {
  RowSparse,
  rowSparseGrads,
  selectionMatrix,
  SparseAdam,
  SparseSGD,
  topkLinear,
  weightedRows,
} from '../src/index.ts';

const [n, d, k] = [9, 4, 3];
const CLOSE = { absolute: 1e-5, relative: 1e-5 };
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const variable = (shape: number[], seed: number) => tf.variable(normal(shape, seed));

/** Σ vⱼ D[indicesⱼ] by the selection matrix: a product whose gradient tfjs knows. */
const decode = (D: tf.Tensor, indices: tf.Tensor, values: tf.Tensor): tf.Tensor => {
  const code = selectionMatrix(indices, n).mul(values.expandDims(-1)).sum(-2);
  return tf
    .matMul(code.reshape([-1, n]), D as tf.Tensor2D)
    .reshape([...code.shape.slice(0, -1), d]);
};
type Rows = typeof decode;
const dense = (gradient: tf.Tensor | RowSparse) =>
  gradient instanceof RowSparse ? gradient.dense() : gradient;

describe.each(['cpu', 'wasm'])('the gradients of variables on %s', (backend) => {
  let [W, D, c]: [tf.Tensor, tf.Variable, tf.Variable] = [] as never;
  beforeAll(async () => {
    await tf.setBackend(backend);
    [W, D, c] = [normal([n, d], 1), variable([n, d], 2), variable([d], 3)];
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it('within an outer gradient they are dense, and that one is whole', () => {
    const x = normal([5, d], 4);
    const valueBy = (rows: Rows, D: tf.Tensor) => {
      const loss = (v: tf.Tensor, indices: tf.Tensor): tf.Scalar =>
        rows(D, indices, v).square().sum();
      return rowSparseGrads(W, x, k, loss, { variables: { D } }).value.add(D.sum());
    };
    const expected = tf.grad((D: tf.Tensor) => valueBy(decode, D))(D);
    expect(tf.grad((D: tf.Tensor) => valueBy(weightedRows, D))(D)).toBeCloseToTensor(expected, CLOSE); // prettier-ignore
  });

  it('within an outer gradient they are partial, too: what the values depend on counts in dW alone', () => {
    const x = normal([5, d], 4);
    const tied = (W: tf.Tensor) => {
      const loss = (v: tf.Tensor, indices: tf.Tensor): tf.Scalar =>
        weightedRows(W, indices, v).sub(x).square().sum().mul(W.square().sum());
      const { dW, grads } = rowSparseGrads(W, x, k, loss, { variables: { W } });
      return dense(dW).add(dense(grads.W));
    };
    const plain = tf.grad((W: tf.Tensor) => {
      const { values, indices } = topkLinear(W, x, k);
      return decode(W, indices, values).sub(x).square().sum().mul(W.square().sum());
    });
    expect(tied(W)).toBeCloseToTensor(plain(W), { absolute: 1e-2, relative: 1e-4 });
    const squared = (gradient: (W: tf.Tensor) => tf.Tensor) => (W: tf.Tensor) =>
      gradient(W).square().sum();
    const { value, grad } = tf.valueAndGrad(squared(tied))(W);
    const expected = tf.valueAndGrad(squared(plain))(W);
    expect(value).toBeCloseToTensor(expected.value, { relative: 1e-4 });
    expect(grad).toBeCloseToTensor(expected.grad, { absolute: 1, relative: 1e-3 });
  });

  describe.each([[[d]], [[5, d]], [[0, d]]])('for x of shape %j', (shape) => {
    it.each<[string, boolean, (rows: Rows, v: tf.Tensor, indices: tf.Tensor) => tf.Tensor]>([
      ['that decodes', true, (rows, v, indices) => rows(D, indices, v).add(c)],
      [
        'that decodes a function of v',
        true,
        (rows, v, indices) => rows(D, indices, v.square()).add(c),
      ],
      ['that decodes constants', true, (rows, v, indices) => rows(D, indices, tf.onesLike(v)).add(c).mul(v.mean())], // prettier-ignore
      ['that decodes twice', true, (rows, v, indices) => rows(D, indices, v).add(rows(D, tf.zerosLike(indices), v.exp()).mul(c))], // prettier-ignore
      ['that decodes, and uses D densely', false, (rows, v, indices) => rows(D, indices, v).mul(D.sum()).add(c)], // prettier-ignore
      ['that uses D densely', false, () => tf.mul(c, D.square().mean(0))],
    ])('of a loss %s are those of tf.variableGrads', (_, isSparse, reconstruct) => {
      const x = normal(shape, 4);
      const lossBy = (rows: Rows) => (v: tf.Tensor, indices: tf.Tensor) =>
        reconstruct(rows, v, indices).sub(x).square().sum<tf.Scalar>();
      const { grads, dValues } = rowSparseGrads(W, x, k, lossBy(weightedRows), {
        variables: [D, c],
      });
      expect(grads[D.name] instanceof RowSparse).toBe(isSparse);
      const { values, indices } = topkLinear(W, x, k);
      if (values.size === 0) return; // on wasm, tfjs's sum of an empty tensor is not 0
      const oracle = lossBy(decode);
      const expected = tf.grads((v: tf.Tensor, ...others: tf.Tensor[]) =>
        // Both variables count even where the loss has no gradient in them.
        oracle(v, indices).add(others[0].sum().add(others[1].sum()).mul(0)).add(v.sum().mul(0)),
      )([values, D, c]);
      expect(dValues).toBeCloseToTensor(expected[0], CLOSE);
      expect(dense(grads[D.name])).toBeCloseToTensor(expected[1], CLOSE);
      expect(dense(grads[c.name])).toBeCloseToTensor(expected[2], CLOSE);
    });
  });

  it('are row-sparse where k is 0, or the loss does not depend on the rows, and dense without any', () => {
    const at = (k: number, loss: (v: tf.Tensor, i: tf.Tensor) => tf.Scalar) =>
      rowSparseGrads(W, normal([d], 4), k, loss, { variables: { D } }).grads.D;
    const sum = (v: tf.Tensor, i: tf.Tensor): tf.Scalar => weightedRows(D, i, v).sum();
    for (const gradient of [
      at(0, sum),
      at(k, (v, i) => sum(v, i).mul(0)),
      at(k, (v, i) => (sum(v, i), v.sum())),
    ]) {
      // prettier-ignore
      expect(gradient).toBeInstanceOf(RowSparse);
      expect(dense(gradient)).toEqualTensor(tf.zeros([n, d]));
    }
    expect(at(k, (v) => v.sum())).toEqualTensor(tf.zeros([n, d]));
  });

  it('add up to that of W as a whole where encoder and decoder are one matrix', () => {
    const W = variable([n, d], 1);
    const x = normal([5, d], 4);
    const loss = (v: tf.Tensor, i: tf.Tensor): tf.Scalar =>
      weightedRows(W, i, v).sub(x).square().sum();
    const { dW, grads } = rowSparseGrads(W, x, k, loss, { variables: [W] });
    const { indices } = topkLinear(W, x, k);
    const mask = selectionMatrix(indices, n).sum(-2);
    const whole = () => {
      const code = tf.matMul(x as tf.Tensor2D, W as tf.Tensor2D, false, true).mul(mask);
      return tf.matMul(code, W as tf.Tensor2D).sub(x).square().sum<tf.Scalar>(); // prettier-ignore
    };
    const sum = dW.add(grads[W.name] as RowSparse);
    const expected = tf.variableGrads(whole, [W]).grads[W.name];
    expect(sum.dense()).toBeCloseToTensor(expected, { absolute: 1e-4, relative: 1e-4 });
    W.dispose();
  });

  it('keep the part that a gradient within the loss contributes', () => {
    const i = tf.tensor1d([2, 0], 'int32');
    const v = tf.tensor1d([1, 3]);
    // The gradient in v is P D dy, and depends on D again.
    const penalty = (rows: typeof weightedRows, D: tf.Tensor) =>
      tf
        .grad((v: tf.Tensor) => rows(D, i, v).square().sum())(v)
        .square()
        .sum<tf.Scalar>();
    const y = (rows: typeof weightedRows, D: tf.Tensor) => rows(D, i, v).sum<tf.Scalar>();
    const { grads } = rowSparseGrads(W, normal([d], 4), k, () => penalty(weightedRows, D).add(y(weightedRows, D)), { variables: { D } }); // prettier-ignore
    const oracle = decode as typeof weightedRows;
    const expected = tf.grad((D: tf.Tensor) => penalty(oracle, D).add(y(oracle, D)))(D);
    expect(dense(grads.D)).toBeCloseToTensor(expected, { absolute: 1e-4, relative: 1e-4 });
  });

  it('keep the part of a gradient within the loss, of a sum of rows that was computed before it', () => {
    const x = normal([d], 4);
    const loss = (rows: typeof weightedRows, D: tf.Tensor) => (v: tf.Tensor, i: tf.Tensor) => {
      const y = rows(D, i, v);
      const slope = tf.grad((v: tf.Tensor) => y.square().sum().add(v.sum().mul(0)))(v);
      return slope.square().sum<tf.Scalar>();
    };
    const { grads } = rowSparseGrads(W, x, k, loss(weightedRows, D), { variables: { D } });
    const { values, indices } = topkLinear(W, x, k);
    const oracle = (D: tf.Tensor) => loss(decode as typeof weightedRows, D)(values, indices);
    const expected = tf.grad(oracle)(D);
    expect(dense(grads.D)).toBeCloseToTensor(expected, { absolute: 1e-4, relative: 1e-4 });
  });

  it('leak nothing, and neither does a loss that throws once it has decoded', () => {
    const x = normal([5, d], 4);
    const reconstruct = (v: tf.Tensor, i: tf.Tensor): tf.Scalar =>
      weightedRows(D, i, v).sub(x).square().sum();
    const failing = (v: tf.Tensor, i: tf.Tensor): tf.Scalar => {
      reconstruct(v, i);
      throw new Error('no loss');
    };
    const withoutRule = (v: tf.Tensor, i: tf.Tensor): tf.Scalar =>
      weightedRows(D, i, v).cumprod().sum();
    const before = tf.memory();
    for (let step = 0; step < 3; step++) {
      const result = rowSparseGrads(W, x, k, reconstruct, { variables: [D] });
      tf.dispose(result as object as tf.TensorContainerObject);
      for (const loss of [failing, withoutRule]) {
        expect(() => rowSparseGrads(W, x, k, loss, { variables: [D] })).toThrow();
      }
    }
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  });

  it('record nothing once the loss has returned, or thrown', () => {
    const x = normal([d], 4);
    const failing = (): tf.Scalar => {
      throw new Error('no loss');
    };
    expect(() => rowSparseGrads(W, x, k, failing, { variables: [D] })).toThrow('no loss');
    const dD = tf.grad((D) => weightedRows(D, [1], [2]).sum())(D);
    expect(dD.sum()).toEqualTensor(tf.scalar(2 * d));
  });

  it.each([
    ['SparseAdam', () => new SparseAdam(0.02)],
    ['SparseSGD', () => new SparseSGD(0.02)],
  ])('train a sparse autoencoder by %s: encoder, decoder and bias in one call', (_, make) => {
    const [W, D, c] = [variable([n, d], 1), variable([n, d], 1), variable([d], 3)];
    const x = normal([20, d], 4);
    const optimizer = make();
    const losses = Array.from({ length: 100 }, () =>
      tf.tidy(() => {
        const { value, dW, grads } = rowSparseGrads(
          W,
          x,
          k,
          (v, i) => weightedRows(D, i, v).add(c).sub(x).square().sum(1).mean<tf.Scalar>(),
          { variables: [D, c] },
        );
        expect(grads[D.name]).toBeInstanceOf(RowSparse);
        optimizer.applyGradients({ [W.name]: dW, ...grads });
        return value.dataSync()[0];
      }),
    );
    expect(losses[99]).toBeLessThan(0.2 * losses[0]);
    optimizer.dispose();
    tf.dispose([W, D, c]);
  });
});
