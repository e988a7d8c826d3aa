import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { selectionMatrix, topk, type TopkOptions } from '../../src/index.ts';
import { check } from './check.ts';
import { plainTopk } from './plainTopk.ts';

/** What must hold on every backend. `run` throws if it does not. */
export interface Case {
  title: string;
  run: () => void | Promise<void>;
}

export const cases: Case[] = [];

function it(title: string, run: Case['run']): void {
  cases.push({ title, run });
}

type Nested = number | Nested[];
const read = async (x: tf.Tensor) => (await x.array()) as Nested;

async function checkTopk(
  x: tf.Tensor | tf.TensorLike,
  k: number,
  expected: { values?: unknown; indices?: unknown },
  options?: TopkOptions,
): Promise<void> {
  const { values, indices } = topk(x, k, options);
  if ('values' in expected) check(await read(values), expected.values, 'values');
  if ('indices' in expected) check(await read(indices), expected.indices, 'indices');
}

// ---- Values

it('selects 3 of 14 numbers', () =>
  checkTopk([3, 6, 15, 18, 6, 12, 1, 17, 3, 0, 4, 19, 1, 6], 3, {
    values: [19, 18, 17],
    indices: [11, 3, 7],
  }));

it('takes the lower index first among equal values, in each row', async () => {
  const x = [
    [0.1, 0.3, 0.2, 0.4],
    [0.1, 0.3, 0.3, 0.2],
  ];
  await checkTopk(x, 1, { indices: [[3], [1]] });
  await checkTopk(x, 4, {
    indices: [
      [3, 1, 2, 0],
      [1, 2, 3, 0],
    ],
  });
});

it('selects the same set unsorted', async () => {
  const x = [
    [0.1, 0.3, 0.2, 0.4],
    [0.1, 0.4, 0.3, 0.2],
  ];
  const indices = (await read(topk(x, 3, { sorted: false }).indices)) as number[][];
  check(
    indices.map((row) => row.sort()),
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  );
});

it('reads what a cast left as it was: integers as floats, and bools as numbers', async () => {
  const integers = tf.tensor1d([1, -1, -5, 7, 3], 'int32');
  await checkTopk(integers.cast('float32'), 3, { values: [7, 3, 1], indices: [3, 4, 0] });
  for (const dtype of ['float32', 'int32'] as const) {
    const bools = tf.tensor1d([false, true, true, false, true], 'bool');
    await checkTopk(bools.cast(dtype), 4, { values: [1, 1, 1, 0], indices: [1, 2, 4, 0] });
  }
});

it('refuses bad input with one error that names function, argument, rule and value', () => {
  const disposed = tf.tensor1d([1, 2]);
  disposed.dispose();
  const square = tf.ones([2, 2]);
  const many = tf.ones([10, 2, 10]);
  for (const [call, message] of [
    [() => topk(square, -7), 'topk: k must be an integer in [0, 2], got -7'],
    [() => topk(square, 4), 'topk: k must be an integer in [0, 2], got 4'],
    [
      () => topk(many, true as unknown as number),
      'topk: k must be an integer in [0, 10], got true',
    ],
    [() => topk(many, 1.5), 'topk: k must be an integer in [0, 10], got 1.5'],
    [() => topk(many, '3' as unknown as number), 'topk: k must be an integer in [0, 10], got "3"'],
    [() => topk(many, NaN), 'topk: k must be an integer in [0, 10], got NaN'],
    [() => topk(square, 1, { axis: 2 }), 'topk: axis must be an integer in [-2, 1], got 2'],
    [() => topk(tf.scalar(1), 1), 'topk: x must be of rank 1 or higher, got a scalar'],
    [() => topk(tf.tensor1d(['a']), 1), 'topk: x must be float32 or int32, got string'],
    [() => topk(square.greater(0), 1), 'topk: x must be float32 or int32, got bool'],
    [() => topk(disposed, 1), 'topk: x must not be disposed, got a disposed tensor of shape [2]'],
  ] as [() => unknown, string][]) {
    let got = 'no error';
    try {
      call();
    } catch (error) {
      got = (error as Error).message;
    }
    check(got, message);
  }
});

it('leaves no tensors behind, also where a gradient throws', async () => {
  const x = tf.randomNormal([4, 9, 3], 0, 1, 'float32', 1);
  const loss = (x: tf.Tensor) => topk(x, 3, { axis: 1, largest: false }).values.square().sum();
  const before = tf.memory().numTensors;
  tf.dispose(Object.values(topk(x, 3, { axis: 1, largest: false })));
  tf.dispose(tf.grad(loss)(x));
  tf.dispose(tf.grad((x) => tf.grad(loss)(x).sum())(x));
  try {
    tf.grad((x) => topk(x, 99).values.sum())(x);
  } catch {
    // k is too great
  }
  check(tf.memory().numTensors - before, 0, 'tensors left');
  await Promise.resolve();
});

it('puts NaN first and infinities in their places; smallest first, NaN comes last', async () => {
  const x = [NaN, Infinity, 1e4, 0, -1e4, -Infinity];
  await checkTopk(x, 4, { values: [NaN, Infinity, 1e4, 0], indices: [0, 1, 2, 3] });
  const smallest = { values: [-Infinity, -1e4, 0, 1e4], indices: [5, 4, 3, 2] };
  await checkTopk(x, 4, smallest, { largest: false });
});

it('is right where tfjs on cpu is not: several infinities, several NaN', async () => {
  await checkTopk([0, 2, -2, -Infinity, -3, 2, 0, Infinity, -Infinity], 7, {
    values: [Infinity, 2, 2, 0, 0, -2, -3],
    indices: [7, 1, 5, 0, 6, 2, 4],
  });
  await checkTopk([NaN, 1, 5, NaN, 3, 2, 9, NaN], 4, { indices: [0, 3, 7, 6] });
});

it('takes −0 and 0 as equal, in both directions', async () => {
  await checkTopk([-0, 0, -0, 1], 4, { indices: [3, 0, 1, 2] });
  await checkTopk([-0, 0, -0, 1], 4, { indices: [0, 1, 2, 3] }, { largest: false });
});

it('tells the greatest floats from Infinity and from NaN', () => {
  const max = (2 - 2 ** -23) * 2 ** 127;
  const next = (2 - 2 ** -22) * 2 ** 127;
  return checkTopk([next, max, Infinity, NaN, -max, -Infinity, -next], 7, {
    indices: [3, 2, 1, 0, 6, 4, 5],
  });
});

it('tells neighbouring floats apart', async () => {
  for (const scale of [1, -1, 2 ** -100, -(2 ** 100)]) {
    const row = Array.from({ length: 9 }, (_, i) => scale * (1 + ((i * 5) % 9) * 2 ** -23));
    await checkTopk(row, 9, plainTopk(row, 9));
  }
});

it('gives an empty result for an empty axis, no rows, and k = 0', async () => {
  for (const [shape, k, expected] of [
    [[3, 0], 0, [3, 0]],
    [[0, 5], 3, [0, 3]],
    [[5], 0, [0]],
    [[2, 5], 0, [2, 0]],
  ] as const) {
    const x = tf.zeros([...shape]);
    const { values, indices } = topk(x, k);
    check(values.shape, expected, 'shape of values');
    check(indices.shape, expected, 'shape of indices');
    check((await values.data()).length, 0);
    check(x.shape, shape, 'shape of x afterwards');
    check(
      (
        await tf
          .grad((x) => topk(x, k).values)(x)
          .data()
      ).every((dx) => dx === 0),
      true,
    );
  }
  check(topk(tf.zeros([2, 0, 3]), 0, { axis: 1 }).values.shape, [2, 0, 3]);
  check(topk(tf.zeros([2, 4, 3]), 0, { axis: 1 }).values.shape, [2, 0, 3]);
});

it('returns x itself for n = 1, with gradient 1, and disposing the values leaves x alone', async () => {
  for (const shape of [[1], [7, 1]]) {
    const x = tf.fill(shape, 5);
    const { values, indices } = topk(x, 1);
    check(await values.data(), new Float32Array(x.size).fill(5));
    check(await indices.data(), new Int32Array(x.size));
    values.dispose();
    check(await x.data(), new Float32Array(x.size).fill(5));
    const gradient = tf.grad((x) => topk(x, 1).values.sum())(x);
    check(await gradient.data(), new Float32Array(x.size).fill(1), 'gradient');
    const stock = tf.grad((x) => tf.topk(x, 1).values.sum())(x);
    check(await stock.data(), new Float32Array(x.size).fill(1), 'gradient of tf.topk');
  }
});

it('sorts half of 10, 4096 and 8192 integers', async () => {
  for (const n of [10, 4096, 8192]) {
    const row = Array.from({ length: n }, (_, i) => ((i * 7919) % n) - n / 2);
    await checkTopk(tf.tensor1d(row, 'int32'), n / 2, plainTopk(row, n / 2));
  }
});

const isGpu = () => ['webgl', 'webgpu'].includes(tf.getBackend());

it('tells integers above 2²⁴ apart, but on webgl and webgpu', async () => {
  const row = [2 ** 24, 2 ** 24 + 1, -(2 ** 31), 2 ** 31 - 1, 2 ** 31 - 2, 1 - 2 ** 31];
  const x = tf.tensor2d([row, [...row].reverse()], [2, 6], 'int32');
  if (isGpu()) return;
  for (const largest of [true, false]) {
    const expected = [plainTopk(row, 6, largest), plainTopk([...row].reverse(), 6, largest)];
    const [values, indices] = [expected.map((e) => e.values), expected.map((e) => e.indices)];
    await checkTopk(x, 6, { values, indices }, { largest });
  }
});

it('tells subnormal numbers apart, but on webgl and webgpu', async () => {
  if (isGpu()) return;
  await checkTopk([0, 2 ** -149, -(2 ** -149), 2 ** -148], 4, { indices: [3, 1, 0, 2] });
});

it('equals a plain sort on random rows with ties, NaN, ±Infinity and −0, along every axis', async () => {
  const max = (2 - 2 ** -23) * 2 ** 127;
  const special = fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1, -1, max, -max);
  const few = fc.integer({ min: -2, max: 2 });
  const float = fc
    .float({ noNaN: true, noDefaultInfinity: true })
    .map((x) => (Math.abs(x) < 2 ** -125 ? 0 : x));
  const question = fc
    .constantFrom<number[][]>([16, 1], [16, 2], [5, 16], [3, 5, 7], [2, 8, 2, 4])
    .chain((shape) =>
      fc.tuple(fc.constant(shape), fc.integer({ min: -shape.length, max: shape.length - 1 })),
    )
    .chain(([shape, axis]) => {
      const n = shape.at(axis) ?? 0;
      const size = shape.reduce((a, b) => a * b);
      return fc.record({
        shape: fc.constant(shape),
        axis: fc.constant(axis),
        k: fc.integer({ min: 0, max: n }),
        largest: fc.boolean(),
        sorted: fc.boolean(),
        data: fc.oneof(
          fc.array(fc.oneof(special, few), { minLength: size, maxLength: size }),
          fc.array(fc.oneof(float, float, special), { minLength: size, maxLength: size }),
        ),
      });
    });
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(question, async ({ shape, axis, k, largest, sorted, data }) => {
      const x = tf.tensor(data, shape);
      const { values, indices } = topk(x, k, { axis, largest, sorted });
      const last = (t: tf.Tensor) => rowsAlong(t, axis);
      const expected = (await last(x)).map((row) => plainTopk(row, k, largest));
      rows += expected.length;
      const found = await last(indices);
      const inOrder = (list: number[]) => (sorted ? list : [...list].sort((i, j) => i - j));
      check(
        found.map(inOrder),
        expected.map(({ indices }) => inOrder(indices)),
        'indices',
      );
      const gathered = (await last(x)).map((row, r) => found[r].map((i) => row[i]));
      check(await last(values), gathered, 'values');
      tf.dispose([x, values, indices]);
    }),
    { numRuns: 150, seed: 1 },
  );
  if (rows < 2000) throw new Error(`only ${String(rows)} rows`);
});

/** The rows of a tensor along an axis, by plain index arithmetic. */
async function rowsAlong(x: tf.Tensor, axis: number): Promise<number[][]> {
  const data = await x.data();
  const $axis = axis < 0 ? axis + x.rank : axis;
  const n = x.shape[$axis];
  const inner = x.shape.slice($axis + 1).reduce((a, b) => a * b, 1);
  const outer = x.shape.slice(0, $axis).reduce((a, b) => a * b, 1);
  const rows = [];
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      rows.push(Array.from({ length: n }, (_, j) => data[(o * n + j) * inner + i]));
    }
  }
  return rows;
}

// ---- Gradients

/** A permutation of 0, 1, 2, …: every gap is at least 1. */
function permutation(shape: number[], factor = 7): tf.Tensor {
  const size = shape.reduce((a, b) => a * b);
  const row = Array.from({ length: size }, (_, i) => (i * factor) % size);
  if (new Set(row).size !== size)
    throw new Error(`${String(factor)} does not permute ${String(size)}`);
  return tf.tensor(row, shape);
}

const PRODUCT: [number[], number, TopkOptions][] = [
  [[5, 10, 5], 3, {}],
  [[5, 10, 5], 3, { axis: 1 }],
  [[5, 10, 5], 3, { axis: -2 }],
  [[5, 10, 5], 3, { largest: false }],
  [[5, 10, 5], 3, { sorted: false }],
  [[5, 10, 5], 3, { axis: 0, largest: false }],
  [[4], 1, {}],
  [[4], 3, {}],
  [[4], 3, { axis: 0 }],
  [[5, 5], 1, {}],
  [[5, 5], 1, { axis: 0 }],
  [[5, 5], 3, { axis: 0 }],
  [[3, 1, 4], 1, { axis: 0 }],
  [[3, 1, 4], 3, { axis: 0 }],
  [[3, 1, 4], 3, {}],
  [[5, 10, 5], 8, { axis: 1, sorted: false, largest: false }],
];

for (const [shape, k, options] of PRODUCT) {
  const name = `[${shape.join(', ')}], k = ${String(k)}, ${JSON.stringify(options)}`;

  // L = Σ c v³: dL/dx = 3 c v² and the Hessian's diagonal 6 c v at the selected places. A central
  // difference of step h is 3 c v² + c h², and the gaps of 1 leave room for h = 0.01.
  it(`has the gradients of orders 1 and 2 for ${name}`, async () => {
    const x = permutation(shape).div(10).sub(2);
    const loss = (x: tf.Tensor) => {
      const v = topk(x, k, options).values;
      const c = tf.range(1, v.size + 1).reshape(v.shape);
      return v.mul(v).mul(v).mul(c).sum();
    };
    const { indices } = topk(x, k, options);
    const gradient = await tf.grad(loss)(x).data();
    const hessian = await tf
      .grad((x) => tf.grad(loss)(x).sum())(x)
      .data();

    const [data, places] = [await x.data(), await indices.data()];
    const axis = (options.axis ?? -1) + ((options.axis ?? -1) < 0 ? shape.length : 0);
    const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const first = new Float64Array(x.size);
    const second = new Float64Array(x.size);
    places.forEach((place, i) => {
      const outer = Math.floor(i / (inner * k));
      const at = (outer * shape[axis] + place) * inner + (i % inner);
      first[at] = 3 * (i + 1) * data[at] ** 2;
      second[at] = 6 * (i + 1) * data[at];
    });
    checkClose(gradient, first, 'gradient');
    checkClose(hessian, second, 'second order');
  });
}

function checkClose(actual: ArrayLike<number>, expected: ArrayLike<number>, of: string): void {
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]);
    if (!(error <= 1e-5 * Math.max(1, Math.abs(expected[i])))) {
      throw new Error(`${of}[${String(i)}]: ${String(actual[i])} should be ${String(expected[i])}`);
    }
  }
}

it('has the gradient that central differences find', async () => {
  const x = permutation([5, 5]).div(5);
  const loss = (x: tf.Tensor) => {
    const v = topk(x, 3).values;
    return v.mul(v).sum();
  };
  const gradient = await tf.grad(loss)(x).data();
  const [data, h] = [await x.data(), 2 ** -6];
  const numeric = [];
  for (let i = 0; i < data.length; i++) {
    const at = async (step: number) => {
      const moved = Float32Array.from(data);
      moved[i] += step;
      return (await loss(tf.tensor(moved, x.shape)).data())[0];
    };
    numeric.push(((await at(h)) - (await at(-h))) / (2 * h));
  }
  numeric.forEach((slope, i) => {
    if (Math.abs(slope - gradient[i]) > 2e-3)
      throw new Error(`${String(gradient[i])} should be ${String(slope)}`);
  });
});

it('sends the upstream gradient to the selected places', async () => {
  const x = tf.tensor2d([
    [2, -1, 1000, 3, 4],
    [1, 5, 2, 4, 3],
  ]);
  const upstream = tf.tensor2d([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  for (const select of [topk, tf.topk]) {
    check(await read(tf.grad((x) => select(x, 3).values)(x, upstream)), [
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
    const oneHot = P.mul(upstream.expandDims(-1)).sum(1);
    check(await read(gradient), await read(oneHot));
  }
});

it('has zero gradients of orders 1 and 2 for k = 0', async () => {
  for (const shape of [[3], [2, 3]]) {
    const x = permutation(shape);
    // Not a sum of no entries, which is not 0 on wasm, and throws on webgpu.
    const loss = (x: tf.Tensor) => tf.concat([topk(x, 0).values.square(), x.square()], -1).sum();
    check(await tf.grad(loss)(x).data(), await x.mul(2).data());
    const second = tf.grad((x) => tf.grad(loss)(x).sum());
    check(await second(x).data(), new Float32Array(x.size).fill(2), 'second order');
  }
});

it('has gradients of orders 1 and 2 where there is nothing to gather, or nothing at all', async () => {
  const orders = async (loss: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) => {
    const withX = (x: tf.Tensor) => tf.concat([loss(x).flatten(), x.square().flatten()]).sum();
    const first = tf.grad(withX)(x);
    const second = tf.grad((x) => tf.grad(withX)(x).sum())(x);
    check(await first.data(), await x.mul(2).data());
    check(await second.data(), new Float32Array(x.size).fill(2), 'second order');
  };
  const none = tf.tensor1d([], 'int32');
  await orders((x) => tf.gather(x, none).square(), tf.tensor1d([1, 2, 3]));
  // An x without entries has only shapes to get wrong.
  const empty = tf.zeros([0, 3]);
  const loss = (x: tf.Tensor) => topk(x, 1).values.square();
  check(tf.grad(loss)(empty).shape, [0, 3]);
  check(tf.grad((x) => tf.grad(loss)(x))(empty).shape, [0, 3]);
});

it('gives a batch what it gives each row', async () => {
  const x = permutation([5, 3, 4]);
  const [values, indices] = [topk(x, 3).values, topk(x, 3).indices];
  const dx = tf.grad((x) => topk(x, 3).values.square().sum())(x);
  for (const [i, matrix] of x.unstack().entries()) {
    for (const [j, row] of matrix.unstack().entries()) {
      const alone = topk(row, 3);
      check(await read(values.slice([i, j], [1, 1]).flatten()), await read(alone.values));
      check(await read(indices.slice([i, j], [1, 1]).flatten()), await read(alone.indices));
      const dRow = tf.grad((row) => topk(row, 3).values.square().sum())(row);
      check(await read(dx.slice([i, j], [1, 1]).flatten()), await read(dRow), 'gradient');
    }
  }
});

it('equals a sort on transposed tensors of random sizes, along a random axis', async () => {
  const random = lcg(7);
  for (let run = 0; run < 6; run++) {
    const shape = [0, 0, 0].map(() => 1 + Math.floor(random() * 40));
    const x = tf.tensor(
      Array.from({ length: shape[0] * shape[1] * shape[2] }, () => random() - 0.5),
      shape,
    );
    const transposed = tf.transpose(x, [2, 0, 1]);
    const axis = Math.floor(random() * 3);
    const k = Math.floor(random() * (transposed.shape[axis] + 1));
    const largest = random() < 0.5;
    const { values, indices } = topk(transposed, k, { axis, largest, sorted: true });
    const rows = await rowsAlong(transposed, axis);
    const expected = rows.map((row) => plainTopk(row, k, largest));
    check(
      await rowsAlong(values, axis),
      expected.map((e) => e.values),
    );
    check(
      await rowsAlong(indices, axis),
      expected.map((e) => e.indices),
    );
  }
});

/** Numbers in [0, 1), the same in every run: a linear congruential generator. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

it('returns a vertex of the subdifferential at a tie, where central differences do not', async () => {
  const tie = [3, 1, 1, 1, 0];
  const squares = (x: tf.Tensor) => topk(x, 2).values.square().sum();
  const values = (x: tf.Tensor) => topk(x, 2).values.sum();
  check(await tf.grad(squares)(tf.tensor1d(tie)).data(), [6, 2, 0, 0, 0]);
  check(await tf.grad(values)(tf.tensor1d(tie)).data(), [1, 1, 0, 0, 0]);
  const differences = [];
  for (let i = 0; i < 5; i++) {
    const at = async (step: number) => {
      const moved = tie.map((entry, j) => (j === i ? entry + step : entry));
      return (await values(tf.tensor1d(moved)).data())[0];
    };
    differences.push(((await at(0.5)) - (await at(-0.5))) / 1);
  }
  check(differences, [1, 0.5, 0.5, 0.5, 0]);
});

it('has the gradient of order 3', async () => {
  const cubes = (x: tf.Tensor) => {
    const v = topk(x, 2).values;
    return v.mul(v).mul(v).sum();
  };
  const second = (x: tf.Tensor) => tf.grad((x) => tf.grad(cubes)(x).sum())(x);
  const third = tf.grad((x) => second(x).sum());
  check(await third(tf.tensor1d([3, 1, 2, 5])).data(), [6, 0, 0, 6]);
});

it('scatters many rows, each from its own updates', async () => {
  const x = tf.randomNormal([300, 40], 0, 1, 'float32', 2);
  const { values, indices } = topk(x, 5);
  const dx = (await read(tf.grad((x) => topk(x, 5).values.square().sum())(x))) as number[][];
  const [v, at] = [await read(values), await read(indices)] as [number[][], number[][]];
  const expected = v.map((row, b) => {
    const sparse = Array<number>(40).fill(0);
    row.forEach((value, j) => (sparse[at[b][j]] = 2 * value));
    return sparse;
  });
  check(dx, expected);
});

it('differentiates tf.gatherND of one place, and of slices', async () => {
  const x = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const gradient = (indices: tf.Tensor) => {
    const f = (x: tf.Tensor) =>
      tf
        .gatherND(x, indices as tf.Tensor1D)
        .square()
        .sum();
    return tf.grad(f)(x);
  };
  check(await read(gradient(tf.tensor1d([1, 0], 'int32'))), [
    [0, 0],
    [6, 0],
  ]);
  check(await read(gradient(tf.tensor2d([[1], [1]], [2, 1], 'int32'))), [
    [0, 0],
    [12, 16],
  ]);
});

it('differentiates tf.gather at one index, and along an axis counted from the last', async () => {
  const x = tf.tensor2d([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const one = tf.grad((x) => tf.gather(x, tf.scalar(2, 'int32'), 1).square().sum());
  check(await read(one(x)), [
    [0, 0, 6],
    [0, 0, 12],
  ]);
  const rule = tf.getGradient(tf.GatherV2).gradFunc;
  const indices = tf.tensor2d([[2], [0]], [2, 1], 'int32');
  const dy = tf.tensor2d([[10], [20]]);
  const dx = rule(dy, [x, indices], { axis: -1, batchDims: -1 }).x();
  check(await read(dx), [
    [0, 0, 10],
    [20, 0, 0],
  ]);
});

it('has gradient zero for a loss of the indices alone', async () => {
  const loss = (x: tf.Tensor) => topk(x, 2).indices.cast('float32').sum();
  check(
    await tf
      .grad(loss)(tf.tensor1d([3, 1, 2]))
      .data(),
    [0, 0, 0],
  );
});

it('gives the same gradient to what tf.gather and tf.gatherND take at top-k’s indices', async () => {
  const y = tf.tensor1d([3, 1, 2, 5]);
  const expected = [6, 0, 0, 10];
  const byGather = (y: tf.Tensor) => tf.gather(y, topk(y, 2).indices).square().sum();
  const byStock = (y: tf.Tensor) => tf.gather(y, tf.topk(y, 2).indices).square().sum();
  const byGatherND = (y: tf.Tensor) =>
    tf.gatherND(y, topk(y, 2).indices.expandDims(1)).square().sum();
  for (const loss of [byGather, byStock, byGatherND]) {
    check(await tf.grad(loss)(y).data(), expected);
    const curvature = tf.grad((y) => tf.grad(loss)(y).sum());
    check(await curvature(y).data(), [2, 0, 0, 2], 'second order');
  }
});

it('gives the same gradient to a batched tf.gather at top-k’s indices', async () => {
  for (const [shape, batchDims] of [
    [[3, 4], 1],
    [[2, 3, 4], 2],
  ] as [number[], number][]) {
    if (!isGatherRight(batchDims)) continue;
    const x = permutation(shape, 5);
    const byGather = (x: tf.Tensor) =>
      tf.gather(x, topk(x, 2).indices, batchDims, batchDims).square().sum();
    const byValues = (x: tf.Tensor) => topk(x, 2).values.square().sum();
    check(await read(tf.grad(byGather)(x)), await read(tf.grad(byValues)(x)));
  }
});

/** tfjs's own tf.gather reads beyond its rows on wasm, with one and more batch dimensions. */
function isGatherRight(batchDims: number): boolean {
  return tf.getBackend() !== 'wasm' || batchDims === 0;
}

// Every axis, every number of batch dimensions, repeated indices, indices of rank 1 to 3: the
// rule against index arithmetic in plain code.
for (const [shape, indexShape, axis, batchDims] of [
  [[5], [3], 0, 0],
  [[5], [2, 2], 0, 0],
  [[3, 4], [5], 0, 0],
  [[3, 4], [5], 1, 0],
  [[3, 4], [3, 5], 1, 1],
  [[2, 3, 4], [6], 1, 0],
  [[2, 3, 4], [2, 2], 1, 1],
  [[2, 3, 4], [2, 5], 2, 1],
  [[2, 3, 4], [2, 3, 5], 2, 2],
  [[2, 3, 4, 2], [2, 3, 3], 2, 2],
  [[2, 3, 4, 2], [2, 2, 2], 2, 1],
] as [number[], number[], number, number][]) {
  const name = `[${shape.join(', ')}] at [${indexShape.join(', ')}], axis ${String(axis)}, batchDims ${String(batchDims)}`;
  it(`differentiates tf.gather of ${name}, twice`, async () => {
    const size = (dims: number[]) => dims.reduce((a, b) => a * b, 1);
    const x = tf.range(1, size(shape) + 1).reshape(shape);
    const list = Array.from({ length: size(indexShape) }, (_, i) => (i * i + 1) % shape[axis]);
    const indices = tf.tensor(list, indexShape, 'int32');
    const gather = (x: tf.Tensor) => tf.gather(x, indices, axis, batchDims);
    const ys = [...shape.slice(0, axis), ...indexShape.slice(batchDims), ...shape.slice(axis + 1)];
    const dy = tf.range(1, size(ys) + 1).reshape(ys);

    const [B, O] = [size(shape.slice(0, batchDims)), size(shape.slice(batchDims, axis))];
    const [I, J] = [size(shape.slice(axis + 1)), size(indexShape.slice(batchDims))];
    const expected = new Float32Array(x.size);
    const upstream = await dy.data();
    for (let b = 0, from = 0; b < B; b++) {
      for (let o = 0; o < O; o++) {
        for (let j = 0; j < J; j++) {
          for (let i = 0; i < I; i++, from++) {
            expected[((b * O + o) * shape[axis] + list[b * J + j]) * I + i] += upstream[from];
          }
        }
      }
    }
    const rule = tf.getGradient(tf.GatherV2).gradFunc(dy, [x, indices], { axis, batchDims });
    check(await rule.x().data(), expected, 'the rule itself');
    if (!isGatherRight(batchDims)) return;
    check(await tf.grad(gather)(x, dy).data(), expected);
    // L = Σ dy · gather(x)²/2 has the Hessian's diagonal dx(dy).
    const loss = (x: tf.Tensor) => gather(x).square().mul(dy).div(2).sum();
    check(
      await tf
        .grad((x) => tf.grad(loss)(x).sum())(x)
        .data(),
      expected,
      'second order',
    );
  });
}
