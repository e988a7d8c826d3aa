import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import {
  checkGrads,
  RowSparse,
  rowSparseGrads,
  selectionMatrix,
  topk,
  topkLinear,
} from '../src/index.ts';

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const squares = (values: tf.Tensor): tf.Scalar => values.square().sum();

/** Problems with few distinct numbers, so that entries tie, and a mask that leaves at least k entries. */
const problem = fc
  .record({
    n: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 5 }),
    b: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    perExample: fc.boolean(),
    seed: fc.nat(1000),
  })
  .map(({ n, d, b, share, perExample, seed }) => {
    const integers = (shape: number[], at: number) =>
      tf.randomUniform(shape, -2, 3, 'float32', seed + at).floor();
    const k = Math.floor(share * n);
    const batch = b === undefined ? [] : [b];
    const noise = tf.randomUniform([...(perExample ? batch : []), n], 0, 1, 'float32', seed + 7);
    const mask = tf.grad((x: tf.Tensor) => topk(x, Math.min(n, k + 1)).values.sum())(noise).cast('bool'); // prettier-ignore
    return {
      W: integers([n, d], 1),
      x: integers([...batch, d], 2),
      bias: integers([n], 3),
      mask,
      k,
    };
  });

const product = (W: tf.Tensor, x: tf.Tensor): tf.Tensor => tf.mul(W, x.expandDims(-2)).sum(-1); // [n] or [b, n]

describe.each(['cpu', 'wasm'])('topkLinear on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it('with bias and mask is top-k of Wx + bias, −Infinity where the mask is false', () => {
    fc.assert(
      fc.property(problem, ({ W, x, bias, mask, k }) => {
        const y = tf.where(mask.logicalAnd(tf.onesLike(product(W, x)).cast('bool')), product(W, x).add(bias), -Infinity); // prettier-ignore
        const expected = topk(y, k);
        const { values, indices } = topkLinear(W, x, k, { bias, mask });
        expect(indices).toEqualTensor(expected.indices);
        expect(values).toEqualTensor(expected.values);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('with bias and mask has the gradients of the formula in W, x and bias', () => {
    fc.assert(
      fc.property(problem, ({ W, x, bias, mask, k }) => {
        const ours = (W: tf.Tensor, x: tf.Tensor, bias: tf.Tensor) =>
          squares(topkLinear(W, x, k, { bias, mask }).values);
        const { indices } = topkLinear(W, x, k, { bias, mask });
        const P = selectionMatrix(indices, W.shape[0]);
        const formula = (W: tf.Tensor, x: tf.Tensor, bias: tf.Tensor) =>
          squares(tf.mul(P, product(W, x).add(bias).expandDims(-2)).sum(-1));
        if (k === 0) return; // on wasm, tfjs's sum of an empty tensor is not 0
        const expected = tf.grads(formula)([W, x, bias]);
        tf.grads(ours)([W, x, bias]).forEach((dx, i) => {
          expect(dx).toEqualTensor(expected[i]);
        });
        const { dW, dx, dBias } = rowSparseGrads(W, x, k, squares, { bias, mask });
        expect(dW.dense()).toEqualTensor(expected[0]);
        expect(dx).toEqualTensor(expected[1]);
        expect(dBias).toEqualTensor(expected[2]);
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  it('passes checkGrads to order 2 in W, x and bias', () => {
    const f = (W: tf.Tensor, x: tf.Tensor, bias: tf.Tensor) =>
      topkLinear(W, x, 2, { bias, mask: [true, true, false, true, true] }).values.square();
    expect(checkGrads(f, [normal([5, 3], 1), normal([2, 3], 2), normal([5], 3)]).failures).toBe(0);
  });

  it('shares the gradient of a tie among the rows that the mask leaves', () => {
    const options = { tieGradient: 'even', mask: [true, false, true, true] } as const;
    const W = tf.tensor2d([[1], [1], [1], [0]]);
    const loss = (W: tf.Tensor) => topkLinear(W, [1], 1, options).values.sum();
    expect(tf.grad(loss)(W)).toEqualTensor([[0.5], [0], [0.5], [0]]);
    expect(rowSparseGrads(W, [1], 1, (v) => v.sum(), options).dW.dense()).toEqualTensor([[0.5], [0], [0.5], [0]]); // prettier-ignore
  });

  it('across the batch selects the b·k largest entries of all examples', () => {
    fc.assert(
      fc.property(problem, ({ W, x: someX, bias, mask, k }) => {
        const x = someX.rank === 1 ? someX.expandDims(0) : someX;
        const [b, n] = [x.shape[0], W.shape[0]];
        const y = tf.where(mask.logicalAnd(tf.ones([b, n], 'bool')), product(W, x).add(bias), -Infinity); // prettier-ignore
        const flat = topk(y.flatten(), b * k).indices.dataSync();
        const expected = new Float32Array(b * n);
        for (const at of flat) expected[at] = y.dataSync()[at];

        const { values, indices } = topkLinear(W, x, k, { bias, mask, acrossBatch: true });
        const K = indices.shape[1] ?? 0;
        const found = new Float32Array(b * n);
        indices.dataSync().forEach((i, at) => {
          found[Math.floor(at / K) * n + i] += values.dataSync()[at];
        });
        expect(found).toEqual(expected);
        const counts = Array.from({ length: b }, (_, e) => flat.filter((at) => Math.floor(at / n) === e).length); // prettier-ignore
        expect(K).toBe(k === 0 ? 0 : Math.max(...counts));
        // What fills up an example is at an index that is selected anyway.
        const selected = new Set(Array.from(flat, (at) => at % n));
        expect(Array.from(indices.dataSync()).filter((i) => !selected.has(i))).toEqual([]);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it('across the batch takes a mask that leaves an example fewer than k, but the batch b·k', () => {
    fc.assert(
      fc.property(problem, fc.nat(3), ({ W, x: someX, bias, k }, spare) => {
        const x = someX.rank === 1 ? someX.expandDims(0) : someX;
        const [b, n] = [x.shape[0], W.shape[0]];
        const order = topk(tf.randomUniform([b * n], 0, 1, 'float32', n), Math.min(b * n, b * k + spare)); // prettier-ignore
        const allowed = tf
          .oneHot(order.indices, Math.max(2, b * n))
          .sum(0)
          .slice(0, b * n);
        const mask: tf.Tensor = allowed.reshape([b, n]).cast('bool');
        const y = tf.where(mask, product(W, x).add(bias), -Infinity);
        const selected = Array.from(topk(y.flatten(), b * k).indices.dataSync());
        const kept = tf.buffer([b, n]);
        for (const at of selected) kept.set(y.dataSync()[at], Math.floor(at / n), at % n);

        const options = { bias, mask, acrossBatch: true };
        const { values } = topkLinear(W, x, k, options);
        const sorted = (t: tf.Tensor) => Array.from(t.dataSync()).filter((v) => v !== 0).sort(); // prettier-ignore
        expect(sorted(values)).toEqual(sorted(kept.toTensor()));
        const expected = tf.matMul(kept.toTensor().mul(2), x, true);
        const { dW } = rowSparseGrads(W, x, k, squares, options);
        expect(dW.dense()).toEqualTensor(expected);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it('across the batch has finite gradients where the slope of the loss is infinite or NaN at what fills up an example', () => {
    const [W, x] = [tf.tensor2d([[1, 0], [0, 2], [1, 1]]), tf.tensor2d([[3, 1], [0.5, 0]])]; // prettier-ignore
    const options = { acrossBatch: true };
    const squareRoots = (v: tf.Tensor): tf.Scalar => v.sqrt().sum();
    const norms = (v: tf.Tensor): tf.Scalar => v.norm(2, 1).sum();
    // Both values, 4 and 3, are of the first example, from rows 2 and 0.
    const slopes: [(v: tf.Tensor) => tf.Scalar, number[]][] = [[squareRoots, [0.25, 0.5 / Math.sqrt(3)]], [norms, [0.8, 0.6]]]; // prettier-ignore
    for (const [loss, [dv0, dv1]] of slopes) {
      const expectedW = [[3 * dv1, dv1], [0, 0], [3 * dv0, dv0]]; // prettier-ignore
      const expectedX = [[dv0 + dv1, dv0], [0, 0]]; // prettier-ignore
      const { dW, dx } = rowSparseGrads(W, x, 1, loss, options);
      const dense = tf.grads((W: tf.Tensor, x: tf.Tensor) => loss(topkLinear(W, x, 1, options).values))([W, x]); // prettier-ignore
      for (const gradients of [[dW.dense(), dx], dense]) {
        expect(gradients[0]).toBeCloseToTensor(expectedW, 1e-6);
        expect(gradients[1]).toBeCloseToTensor(expectedX, 1e-6);
      }
    }
  });

  it('has the gradient 0 in a bias if nothing is selected', () => {
    const loss = (bias: tf.Tensor): tf.Scalar =>
      topkLinear([[1], [2]], [[1]], 0, { bias }).values.sum();
    expect(tf.grad(loss)(tf.tensor1d([1, 2]))).toEqualTensor([0, 0]);
  });

  it('across the batch has the gradient of the entries that are selected', () => {
    const [W, x, bias] = [normal([9, 4], 1), normal([5, 4], 2), normal([9], 3)];
    const options = { bias, acrossBatch: true };
    const y = product(W, x).add(bias);
    const isSelected = tf.tidy(() => {
      const places = topk(y.flatten(), 10).indices.dataSync();
      return tf.tensor(
        Array.from({ length: 45 }, (_, i) => (places.includes(i) ? 1 : 0)),
        [5, 9],
      );
    });
    const formula = (W: tf.Tensor, x: tf.Tensor, bias: tf.Tensor): tf.Scalar =>
      product(W, x).add(bias).mul(isSelected).exp().sub(1).sum();
    const loss = (v: tf.Tensor): tf.Scalar => v.exp().sub(1).sum(); // its slope at 0 is not 0
    const expected = tf.grads((W: tf.Tensor, x: tf.Tensor, bias: tf.Tensor) => formula(W, x, bias))([W, x, bias]); // prettier-ignore
    const dense = tf.grads((W: tf.Tensor, x: tf.Tensor, b: tf.Tensor) =>
      loss(topkLinear(W, x, 2, { ...options, bias: b }).values),
    )([W, x, bias]);
    const { dW, dx, dBias } = rowSparseGrads(W, x, 2, loss, options);
    for (const gradients of [dense, [dW.dense(), dx, dBias]]) {
      gradients.forEach((gradient, i) => {
        expect(gradient).toBeCloseToTensor(expected[i], 1e-5);
      });
    }
  });

  it('gives the gradients of what else the loss of rowSparseGrads depends on', () => {
    const [W, x] = [normal([9, 4], 1), normal([5, 4], 2)];
    const dense = (gradient: tf.Tensor | RowSparse) =>
      gradient instanceof RowSparse ? gradient.dense() : gradient;
    const [scale, unused] = [tf.variable(normal([3], 4)), tf.variable(tf.scalar(1))];
    const loss = (v: tf.Tensor): tf.Scalar => v.mul(scale).square().sum();
    const { grads } = rowSparseGrads(W, x, 3, loss, { variables: [scale, unused] });
    const { values } = topkLinear(W, x, 3);
    const expected = tf.grad((s: tf.Tensor) => values.mul(s).square().sum())(scale);
    expect(Object.keys(grads)).toEqual([scale.name, unused.name]);
    expect(dense(grads[scale.name])).toBeCloseToTensor(expected, 1e-6);
    expect(dense(grads[unused.name])).toEqualTensor(tf.scalar(0));
    const named = rowSparseGrads(W, x, 3, loss, { variables: { scale } }).grads;
    expect(dense(named.scale)).toBeCloseToTensor(expected, 1e-6);
  });
});

/** A mask of bytes: what is not 0 is true. */
const bytes = (...entries: number[]) =>
  tf.tensor(new Uint8Array(entries), [entries.length], 'bool');

it.each<[string, () => object]>([
  ['bias must be of shape [3], got [2]', () => ({ bias: [1, 2] })],
  ['bias must be float32, got int32', () => ({ bias: tf.tensor1d([1, 2, 3], 'int32') })],
  ['mask must be bool, got float32', () => ({ mask: tf.tensor1d([1, 0, 1]) })],
  ['mask must be a tensor or an array of booleans, got 0 at [1]', () => ({ mask: [true, 0, 'a'] })],
  [
    'mask must be a tensor or an array of booleans, got Object at [2]',
    () => ({ mask: [true, false, {}] }),
  ],
  [
    'mask must have rows of one shape, got [3] and [2]',
    () => ({ mask: [[true, false, true], [false, true]] }), // prettier-ignore
  ],
  [
    'mask must have rows of one shape, got [3] and [4]',
    () => ({ mask: [[true, false, true], [false, true, true, true]] }), // prettier-ignore
  ],
  ['mask must be of shape [3] or [2,3], got [2]', () => ({ mask: [true, true] })],
  ['mask must leave at least k = 2 entries, got 1', () => ({ mask: [true, false, false] })],
  ['mask must leave at least k = 2 entries, got 1', () => ({ mask: bytes(255, 0, 0) })],
  [
    'mask must leave at least k = 2 entries, got 1 in row 1',
    () => ({ mask: [[true, true, true], [false, true, false]] }), // prettier-ignore
  ],
  [
    'mask must leave at least b·k = 4 entries of the batch, got 3',
    () => ({ acrossBatch: true, mask: [[true, true, true], [false, false, false]] }), // prettier-ignore
  ],
  [
    'mask must leave at least b·k = 4 entries of the batch, got 2',
    () => ({ acrossBatch: true, mask: [true, false, false] }),
  ],
  ['acrossBatch must be a boolean, got 1', () => ({ acrossBatch: 1 })],
  ["tieGradient must be 'first' if acrossBatch is true, got \"even\"", () => ({ acrossBatch: true, tieGradient: 'even' })], // prettier-ignore
])('topkLinear and rowSparseGrads throw: %s', (message, options) => {
  const W = [[1], [2], [3]];
  const x = [[1], [2]];
  expect(() => topkLinear(W, x, 2, options())).toThrow(`topkLinear: ${message}`);
  expect(() => rowSparseGrads(W, x, 2, squares, options())).toThrow(`rowSparseGrads: ${message}`);
});

it.each(['cpu', 'wasm'])(
  'topkLinear on %s takes each byte of a mask but 0 for true',
  async (backend) => {
    await tf.setBackend(backend);
    try {
      const { values } = topkLinear([[1], [2], [3]], [1], 2, { mask: bytes(255, 1, 0) });
      expect(values).toEqualTensor([2, 1]);
    } finally {
      await tf.setBackend('cpu');
    }
  },
);

it('topkLinear selects across a batch of more examples than a call has arguments', () => {
  const x = tf.ones<tf.Rank.R2>([130_000, 1]);
  const { values } = topkLinear([[1], [2]], x, 1, { acrossBatch: true });
  expect(values.sum()).toEqualTensor(260_000);
});

it('topkLinear and rowSparseGrads name their options where one is unknown', () => {
  const names = 'options must be among tieGradient, bias, mask, acrossBatch';
  const options = { k: 1 } as object;
  expect(() => topkLinear([[1]], [1], 1, options)).toThrow(`topkLinear: ${names}, got "k"`);
  expect(() => rowSparseGrads([[1]], [1], 1, squares, options)).toThrow(
    `rowSparseGrads: ${names}, variables, got "k"`,
  );
});

it.each<[string, () => object]>([
  ['variables must be a list of tf.Variables, or tensors by names, got Tensor', () => ({ variables: [tf.scalar(1)] })], // prettier-ignore
  [
    'variables must be a list of tf.Variables, or tensors by names, got 3',
    () => ({ variables: { a: 3 } }),
  ],
  ['variables must be float32, got int32', () => ({ variables: { a: tf.scalar(1, 'int32') } })],
  ['options must be a plain object, got null', () => null as never],
])('rowSparseGrads throws: %s', (message, options) => {
  expect(() => rowSparseGrads([[1]], [1], 1, squares, options())).toThrow(
    `rowSparseGrads: ${message}`,
  );
});
