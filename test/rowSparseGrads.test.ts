import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { rowSparseGrads, topkLinear } from '../src/index.ts';

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const squares = (values: tf.Tensor): tf.Scalar => values.square().sum();

describe.each(['cpu', 'wasm'])('rowSparseGrads on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each([undefined, 1, 9])(
    'equals tf.grads of topkLinear, to the bit, for a batch of %s',
    (b) => {
      const [W, x] = [normal([40, 13], 1), normal(b === undefined ? [13] : [b, 13], 2)];
      const { value, dW, dx } = rowSparseGrads(W, x, 6, squares);
      const f = (W: tf.Tensor, x: tf.Tensor) => topkLinear(W, x, 6).values.square().sum();
      const dense = tf.grads(f)([W, x]);
      expect(dW.dense()).toEqualTensor(dense[0]);
      expect(dx).toEqualTensor(dense[1]);
      expect(value).toEqualTensor(f(W, x));
    },
  );

  it('holds 2k + d numbers where the dense gradient has nd', () => {
    const [n, d, k] = [3276, 768, 32];
    const { dW } = rowSparseGrads(tf.range(0, n * d).reshape([n, d]), tf.ones([d]), k, squares);
    const numbers = [dW.indices, dW.coefficients, dW.x].map(({ size }) => size);
    expect(numbers).toEqual([k, k, d]);
    expect(dW.shape).toEqual([n, d]);
  });

  it('is freed by one tf.dispose, without W and x', () => {
    const [W, x] = [normal([5, 3], 1), normal([3], 2)];
    const before = tf.memory();
    const result = rowSparseGrads(W, x, 2, squares);
    expect(tf.memory().numTensors - before.numTensors).toBe(5); // value, indices, dValues, dx, x
    tf.dispose(result as object as tf.TensorContainerObject);
    expect(tf.memory()).toMatchObject({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
      numBytes: before.numBytes,
    });
    expect([W.isDisposed, x.isDisposed]).toEqual([false, false]);
  });

  it('outlives the x that it was given', () => {
    const [W, x] = [normal([5, 3], 1), normal([3], 2)];
    const { dW } = rowSparseGrads(W, x, 2, squares);
    const before = dW.dense();
    x.dispose();
    expect(dW.dense()).toEqualTensor(before);
  });

  it('returns a copy of the value where the loss returns a tensor that the caller owns', () => {
    const constant = tf.scalar(3);
    const { value } = rowSparseGrads([[1], [3]], [2], 1, () => constant);
    value.dispose();
    expect(constant.isDisposed).toBe(false);
  });

  it('takes a linear loss, and one that does not depend on the values', () => {
    const at = (loss: (v: tf.Tensor) => tf.Scalar) =>
      rowSparseGrads([[1], [3], [2]], [2], 2, loss).dValues;
    expect(at((v) => v.sum())).toEqualTensor([1, 1]);
    expect(at(() => tf.scalar(3))).toEqualTensor([0, 0]);
  });
});

it('rowSparseGrads refuses a loss that is no function to a scalar, and arguments that do not fit', () => {
  const W = [[1, 2]];
  for (const [bad, message] of [
    [() => rowSparseGrads(W, [1, 2], 1, 3 as never), 'loss must be a function, got 3'],
    [() => rowSparseGrads(W, [1, 2], 1, (() => 3) as never), 'loss must return a tensor, got 3'],
    [
      () => rowSparseGrads(W, [1, 2], 1, (v) => v as tf.Scalar),
      'loss must return a scalar, got a tensor of shape [1]',
    ],
    [
      () =>
        rowSparseGrads(W, [1, 2], 1, (v) => {
          const value: tf.Scalar = v.sum();
          value.dispose();
          return value;
        }),
      'loss must return a tensor that is not disposed, got a disposed one',
    ],
    [
      () => rowSparseGrads(W, [1, 2], 1, () => tf.scalar(1, 'int32')),
      'loss must return float32, got int32',
    ],
    [() => rowSparseGrads(W, [1, 2], 2, squares), 'k must be an integer in [0, 1], got 2'],
    [
      () => rowSparseGrads(W, [1, 2], 1, squares, { bais: [1] } as never),
      'options must be among tieGradient, bias, mask, acrossBatch, variables, got "bais"',
    ],
    [() => rowSparseGrads(W, [1, 2], 1, squares, null as never), 'options must be a plain object, got null'], // prettier-ignore
    [
      () => {
        const a = tf.ones([2]);
        return rowSparseGrads(W, [1, 2], 1, squares, { variables: { a, b: a } });
      },
      'variables must be different tensors, got one of them twice',
    ],
    [
      () => rowSparseGrads(W, [1, 2], 1, squares, { variables: null } as never),
      'variables must be a list of tf.Variables, or tensors by names, got null',
    ],
    [
      () => rowSparseGrads(W, [1], 1, squares),
      'x must be of shape [2] or [b, 2] for W [1,2], got [1]',
    ],
  ] as [() => unknown, string][]) {
    expect(bad).toThrow(`rowSparseGrads: ${message}`);
  }
});

it('gives its loss the values, which may be kept there', () => {
  const W = tf.tensor2d([[1, 0], [0, 2], [1, 1]]); // prettier-ignore
  let values: tf.Tensor = tf.scalar(NaN);
  const gradients = rowSparseGrads(W, [3, 1], 2, (v) => {
    values = tf.keep(tf.clone(v));
    return v.square().sum();
  });
  tf.dispose([gradients.value, gradients.dx]);
  gradients.dW.dispose();
  expect(values).toEqualTensor([4, 3]);
});
