import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { topk, type TopkOptions } from '../../src/index.ts';
import { check } from './check.ts';
import { read, rowsAlong, type Case } from './helpers.ts';
import { plainTopk } from '../oracles/plainTopk.ts';

/** What topk selects, in which order, and what it refuses. */
export const values: Case[] = [];

function it(title: string, run: Case['run']): void {
  values.push({ title, run });
}

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
  const topkOf = (k: unknown) => topk(many, k as number);
  for (const [call, message] of [
    [() => topk(square, -7), 'topk: k must be an integer in [0, 2], got -7'],
    [() => topk(square, 4), 'topk: k must be an integer in [0, 2], got 4'],
    [() => topkOf(true), 'topk: k must be an integer in [0, 10], got true'],
    [() => topk(many, 1.5), 'topk: k must be an integer in [0, 10], got 1.5'],
    [() => topkOf('3'), 'topk: k must be an integer in [0, 10], got "3"'],
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
