import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { RowSparse, rowSparseGrads, topkLinear } from '../src/index.ts';

/** Gradients in a matrix [6, 2] of k indices, or of k in each of b examples, which may be none. */
const gradients = fc
  .record({
    b: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    k: fc.integer({ min: 0, max: 4 }),
    seed: fc.nat(1000),
  })
  .map(({ b, k, seed }) => {
    const batch = b === undefined ? [] : [b];
    const indices = tf.randomUniform([...batch, k], 0, 6, 'int32', seed);
    return new RowSparse(indices, normal([...batch, k], seed), normal([...batch, 2], seed + 1), 6);
  });

/** On cpu other tensors may share a variable's data without tfjs counting them. */
const inPlace = () => tf.getBackend() === 'wasm';

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const squares = (values: tf.Tensor): tf.Scalar => values.square().sum();
const gradient = (W: tf.Tensor, x: tf.Tensor | number[]) => rowSparseGrads(W, x, 2, squares).dW;

describe.each(['cpu', 'wasm'])('subtractFrom on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each([[[4]], [[5, 4]]])(
    'makes W − rate · dense() of W, in place or not, for x of shape %j',
    (shape) => {
      const W = tf.variable(normal([9, 4], 1));
      const x = normal(shape, 2);
      for (const isLater of [false, true, true]) {
        const dW = gradient(W, x);
        const expected = W.sub(dW.dense().mul(0.1));
        expect(dW.subtractFrom(W, 0.1)).toBe(isLater && inPlace());
        expect(W).toBeCloseToTensor(expected, 1e-6);
      }
      W.dispose();
    },
  );

  it('touches no other row', () => {
    const W = tf.variable(normal([9, 4], 1));
    const dW = gradient(W, normal([4], 2));
    dW.subtractFrom(W, 0.1);
    const before = W.arraySync() as number[][];
    dW.subtractFrom(W, 0.1);
    const changed = (W.arraySync() as number[][]).flatMap((row, i) =>
      row.every((entry, j) => entry === before[i][j]) ? [] : [i],
    );
    expect(changed).toEqual(Array.from(dW.indices.dataSync()).sort());
    W.dispose();
  });

  it('changes nothing else: the array that W was made of, copies, views, data that were read', () => {
    const array = Float32Array.of(1, 2, 3, 4);
    const W = tf.tidy(() => tf.variable(tf.tensor2d(array, [2, 2])));
    const step = () => gradient(W, [1, 1]).subtractFrom(W, 0.1);
    step();
    expect(array).toEqual(Float32Array.of(1, 2, 3, 4));

    const others = () => [
      W.clone(),
      W.reshape([4]),
      W.slice([1, 0], [1, 2]),
      ...tf.split(W, 2),
      ...tf.unstack(W),
      tf.stridedSlice(W, [0, 0], [2, 2], [1, 1]),
      ...(inPlace() ? [] : [tf.real(tf.complex(W, W))]), // wasm has none
      tf.transpose(W),
      tf.pad(W, [[0, 0], [0, 0]]), // prettier-ignore
      tf.cast(W, 'float32'),
      tf.variable(W),
    ];
    const read = W.dataSync();
    for (let i = 0; i < 3; i++) {
      const tensors = others();
      const entries = () => [...tensors.map((t) => Array.from(t.dataSync())), Array.from(read)];
      const before = entries();
      step();
      step();
      expect(entries()).toEqual(before);
      tf.dispose(tensors);
    }
    W.dispose();
  });

  it('moves W to new data while another tensor shares its data', () => {
    const W = tf.variable(normal([2, 2], 1));
    gradient(W, [1, 1]).subtractFrom(W, 0.1);
    const same = W.reshape([4]);
    expect(gradient(W, [1, 1]).subtractFrom(W, 0.1)).toBe(false);
    expect(gradient(W, [1, 1]).subtractFrom(W, 0.1)).toBe(inPlace());
    tf.dispose([W, same]);
  });

  it('is seen by products with W as either factor', () => {
    const W = tf.variable(normal([4, 4], 1));
    gradient(W, [1, 2, 3, 4]).subtractFrom(W, 0.1);
    const x = normal([4, 4], 2);
    const products = () => [tf.matMul(x, W), tf.matMul(W, x), tf.matMul(x, W, false, true)];
    products(); // tfjs-wasm caches the right operand of matMul
    expect(gradient(W, [1, 2, 3, 4]).subtractFrom(W, 0.1)).toBe(inPlace());
    const expected = [
      x.expandDims(2).mul(W.expandDims(0)).sum(1),
      W.expandDims(2).mul(x.expandDims(0)).sum(1),
      x.expandDims(1).mul(W.expandDims(0)).sum(2),
    ];
    for (const [i, product] of products().entries()) {
      expect(product).toBeCloseToTensor(expected[i], 1e-5);
    }
    W.dispose();
  });

  it('updates a variable that another backend holds', async () => {
    const W = tf.variable(normal([4, 2], 1));
    gradient(W, [1, 2]).subtractFrom(W, 0.1);
    await tf.setBackend(backend === 'cpu' ? 'wasm' : 'cpu');
    const dW = gradient(W.clone(), [1, 2]);
    const expected = W.sub(dW.dense().mul(0.1));
    dW.subtractFrom(W, 0.1);
    expect(W).toBeCloseToTensor(expected, 1e-6);
    await tf.setBackend(backend);
    W.dispose();
  });

  it('leaks nothing', () => {
    const W = tf.variable(normal([5, 3], 1));
    const dW = gradient(W, [1, 2, 3]);
    const before = tf.memory();
    for (let i = 0; i < 3; i++) dW.subtractFrom(W, 0.1);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    // The variable no longer shares the data of what it was made from.
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers + 1);
    W.dispose();
  });

  it('trains: it descends to the minimum of a loss', () => {
    const W = tf.variable(normal([30, 4], 1));
    let loss = Infinity;
    for (let step = 0; step < 200; step++) {
      tf.tidy(() => {
        const { value, dW } = rowSparseGrads(W, [1, -1, 0.5, 2], 3, squares);
        dW.subtractFrom(W, 0.02);
        loss = value.dataSync()[0];
      });
    }
    expect(loss).toBeLessThan(0.1);
    W.dispose();
  });
});

it('subtractFrom refuses another shape or dtype, and a rate that is not finite, and leaves W as it is', () => {
  const dW = gradient(tf.ones([3, 2]), [1, 2]);
  const W = tf.variable(tf.ones([3, 2]));
  for (const [bad, message] of [
    [
      () => dW.subtractFrom(tf.variable(tf.ones([2, 3])), 1),
      'variable must be of shape [3,2], got [2,3]',
    ],
    [() => dW.subtractFrom(tf.ones([3, 2]) as never, 1), 'variable must be a tf.Variable, got Tensor'], // prettier-ignore
    [
      () => dW.subtractFrom(tf.variable(tf.ones([3, 2], 'int32')), 1),
      'variable must be float32, got int32',
    ],
    [() => dW.subtractFrom(W, NaN), 'learningRate must be a finite float32, got NaN'],
    [() => dW.subtractFrom(W, 1e39), 'learningRate must be a finite float32, got 1e+39'],
    [() => dW.subtractFrom(W, '1' as never), 'learningRate must be a finite float32, got "1"'],
  ] as [() => unknown, string][]) {
    expect(bad).toThrow(`subtractFrom: ${message}`);
  }
  expect(W.dataSync()).toEqual(new Float32Array(6).fill(1));
});

it('RowSparse refuses to be used once it is disposed, and subtractFrom a disposed variable', () => {
  const dW = gradient(tf.ones([3, 2]), [1, 2]);
  const W = tf.variable(tf.ones([3, 2]));
  W.dispose();
  expect(() => dW.subtractFrom(W, 1)).toThrow(
    'subtractFrom: variable must not be disposed, got a disposed one',
  );
  const before = tf.memory().numTensors;
  dW.dispose();
  expect(tf.memory().numTensors).toBe(before - 3);
  for (const fn of ['rows', 'dense'] as const) {
    expect(() => dW[fn]()).toThrow(`${fn}: the gradient must not be disposed`);
  }
  const other = gradient(tf.ones([3, 2]), [1, 2]);
  expect(() => other.add(dW)).toThrow('RowSparse.add: other must not be disposed');
  expect(() => dW.add(other)).toThrow('RowSparse.add: the gradient must not be disposed');
});

it('RowSparse refuses on wasm what was cast on cpu, whose bits are those of integers', async () => {
  await tf.setBackend('cpu');
  const floats = (entries: number[]) => tf.tensor1d(entries, 'int32').toFloat();
  const ofCoefficients = new RowSparse([1, 0], floats([3, 4]), [1, 2], 2);
  const ofX = new RowSparse([1, 0], [3, 4], floats([1, 2]), 2);
  const bits = tf.tensor1d([1, 0], 'bool').toInt();
  const ofIndices = new RowSparse(bits, [3, 4], [1, 2], 2);
  await tf.setBackend('wasm');
  try {
    for (const [f, message] of [
      [() => ofCoefficients.dense(), 'RowSparse.dense: coefficients must hold float32, got data'],
      [() => ofX.rows(), 'RowSparse.rows: x must hold float32, got data'],
      [() => ofX.add(ofX), 'RowSparse.add: x must hold float32, got data'],
      [() => ofX.mul(2), 'RowSparse.mul: x must hold float32, got data'],
      [() => ofIndices.mul(2), 'RowSparse.mul: indices must hold int32, got data'],
      [() => ofCoefficients.mul(2), 'RowSparse.mul: coefficients must hold float32, got data'],
      [() => ofIndices.add(ofIndices), 'RowSparse.add: indices must hold int32, got data'],
    ] as const) {
      expect(f).toThrow(message);
    }
    expect(ofX.coalesce().dense()).toEqualTensor([[4, 8], [3, 6]]); // prettier-ignore
  } finally {
    await tf.setBackend('cpu');
  }
});

describe('RowSparse', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('is the gradient of a decoder that adds the selected rows', () => {
    const [W, D, x] = [normal([9, 4], 1), normal([9, 4], 2), normal([5, 4], 3)];
    const { values, indices } = topkLinear(W, x, 2);
    const decode = (D: tf.Tensor) => tf.gather(D, indices).mul(values.expandDims(-1)).sum(1);
    const expected = tf.grad((D) => decode(D).sub(x).square().sum())(D);
    const dD = new RowSparse(indices, values, decode(D).sub(x).mul(2), 9);
    expect(dD.dense()).toBeCloseToTensor(expected, 1e-5);
  });

  it('refuses arguments of the wrong dtype, shape or range', () => {
    const [i, c, x] = [tf.tensor1d([0, 2], 'int32'), tf.tensor1d([1, 2]), tf.tensor1d([1, 2, 3])];
    for (const [make, message] of [
      [() => new RowSparse(c, c, x, 3), 'indices must be int32, got float32'],
      [() => new RowSparse(1, c, x, 3), 'indices must be of shape [k] or [b, k], got []'],
      [
        () => new RowSparse([0.5], [1], x, 3),
        'indices must be a tensor or an array of int32 integers, got 0.5',
      ],
      [() => new RowSparse(i, x, x, 3), 'coefficients must be of shape [2], got [3]'],
      [() => new RowSparse(i, i, x, 3), 'coefficients must be float32, got int32'],
      [
        () => new RowSparse(i, c, normal([1, 3], 1), 3),
        'x must be of shape [d], d >= 1, got [1,3]',
      ],
      [
        () => new RowSparse(i.expandDims(0), c.expandDims(0), x, 3),
        'x must be of shape [1,d], d >= 1, got [3]',
      ],
      [() => new RowSparse(i, c, tf.zeros([0]), 3), 'x must be of shape [d], d >= 1, got [0]'],
      [() => new RowSparse(i, c, x, 0), 'n must be a positive integer, got 0'],
      [() => new RowSparse(i, c, x, 2), 'indices must be in [0, 2), got 2'],
      [
        () => new RowSparse(i, c, x, 3, { inrange: true } as never),
        'options must be among inRange, got "inrange"',
      ],
      [() => new RowSparse(i, c, x, 3, null as never), 'options must be a plain object, got null'],
      [
        () => new RowSparse(i, c, x, 3, { inRange: 1 } as never),
        'inRange must be a boolean, got 1',
      ],
      [() => new RowSparse([-1], [1], x, 2), 'indices must be in [0, 2), got -1'],
    ] as [() => unknown, string][]) {
      expect(make).toThrow(`RowSparse: ${message}`);
    }
  });

  it('owns the tensors that it makes of lists', () => {
    const before = tf.memory().numTensors;
    const dD = new RowSparse([2, 0], [1, -1], [3, 5], 3);
    const dense = dD.dense();
    expect(dense).toEqualTensor([[-3, -5], [0, 0], [3, 5]]); // prettier-ignore
    dense.dispose();
    dD.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('leaves the tensors that fromRows gets to the caller', () => {
    const [rows, indices] = [tf.ones([2, 3]), tf.tensor1d([0, 2], 'int32')];
    const before = tf.memory().numTensors;
    RowSparse.fromRows(rows, indices, 3).dispose();
    expect([rows.isDisposed, indices.isDisposed]).toEqual([false, false]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is coalesced: each row once, ascending, and the same as a whole', () => {
    fc.assert(
      fc.property(gradients, (gradient) => {
        const once = gradient.coalesce();
        expect(once.dense()).toBeCloseToTensor(gradient.dense(), 1e-5);
        const rows = [...once.indices.dataSync()];
        const occurring = new Set(gradient.indices.dataSync());
        expect(rows).toEqual([...occurring].sort((a, b) => a - b));
        expect(once.rows().squeeze([1])).toBeCloseToTensor(tf.gather(gradient.dense(), rows.length > 0 ? rows : tf.tensor1d([], 'int32')), 1e-5); // prettier-ignore
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it.each<[string, number, (gradient: RowSparse) => RowSparse]>([
    ['coalesced', 1, (gradient) => gradient.coalesce()],
    ['added to itself', 2, (gradient) => gradient.add(gradient)],
    ['scaled', 3, (gradient) => gradient.mul(3)],
  ])('is differentiable where it is %s, too', (_, factor, change) => {
    const W = tf.tensor2d([[1, 0], [0, 2], [1, 1]]); // prettier-ignore
    const X = tf.tensor2d([[3, 1], [2, 5], [1, 1]]); // prettier-ignore
    const loss = (of: (gradient: RowSparse) => RowSparse) => (W: tf.Tensor) =>
      of(rowSparseGrads(W, X, 2, squares).dW)
        .dense()
        .square()
        .sum()
        .add(W.sum());
    const plain = loss((gradient) => gradient);
    const expected = tf.grad(plain)(W).sub(1).mul(factor ** 2).add(1); // prettier-ignore
    expect(tf.grad(loss(change))(W)).toBeCloseToTensor(expected, { relative: 1e-5 });
  });

  it('is coalesced under a tape to the same rows, without a dense matrix', () => {
    const parts = (k: number): [tf.Tensor, tf.Tensor, tf.Tensor] => [
      tf.randomUniform([2, k], 0, 6, 'int32', 1),
      normal([2, k], 2),
      normal([2, 2], 3),
    ];
    for (const k of [0, 4]) {
      const [indices, c, x] = parts(k);
      const coalesced = () => {
        const once = new RowSparse(indices, c, x, 6).coalesce();
        return [once.indices.clone(), once.rows().clone()];
      };
      const [rows, sums] = coalesced();
      tf.grad((x) => {
        const [rowsUnderTape, sumsUnderTape] = coalesced();
        expect(rowsUnderTape).toEqualTensor(rows);
        expect(sumsUnderTape).toBeCloseToTensor(sums, 1e-5);
        return x.sum();
      })(x);
    }
    const wide = new RowSparse([0, 2 ** 30], [1, 2], [3], 2 ** 31 - 1);
    const sum = (x: tf.Tensor) => wide.mul(1).coalesce().rows().mul(x).sum();
    expect(tf.grad(sum)(tf.scalar(1))).toEqualTensor(9);
  });

  it('is added and scaled as the dense gradients are', () => {
    fc.assert(
      fc.property(gradients, gradients, fc.float({ min: -9, max: 9, noNaN: true }), (a, b, c) => {
        expect(a.add(b).dense()).toBeCloseToTensor(a.dense().add(b.dense()), 1e-5);
        expect(a.mul(c).dense()).toBeCloseToTensor(a.dense().mul(c), 1e-4);
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it('refuses rows, summands and factors that do not fit', () => {
    const dW = RowSparse.fromRows([[1, 2]], [0], 3);
    for (const [bad, message] of [
      [() => RowSparse.fromRows([[1]], [0, 1], 3), 'fromRows: rows must be of shape [2,d], d >= 1, got [1,1]'], // prettier-ignore
      [() => RowSparse.fromRows([[1]], [[0]], 3), 'fromRows: indices must be of shape [k], got [1,1]'], // prettier-ignore
      [
        () => RowSparse.fromRows([[1]], [3], 3),
        'RowSparse.fromRows: indices must be in [0, 3), got 3',
      ],
      [() => dW.add(3 as never), 'add: other must be a RowSparse, got 3'],
      [() => dW.add(RowSparse.fromRows([[1]], [0], 3)), 'add: other must be of shape [3,2], got [3,1]'], // prettier-ignore
      [() => dW.mul(Infinity), 'mul: factor must be a finite float32, got Infinity'],
    ] as [() => unknown, string][]) {
      expect(bad).toThrow(message);
    }
  });

  it('comes from a loss of the values and the indices', () => {
    const [W, x] = [normal([9, 4], 1), normal([5, 4], 3)];
    const { value, indices } = rowSparseGrads(W, x, 2, (v, i) => v.mul(i.toFloat()).sum());
    const { values } = topkLinear(W, x, 2);
    expect(value).toEqualTensor(values.mul(indices.toFloat()).sum());
  });
});
