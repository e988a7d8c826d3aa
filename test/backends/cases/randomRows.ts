import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { topk } from '../../../src/index.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';
import { rowsAlong } from '../rowsAlong.ts';

/** topk against a plain sort. */
const { cases, it } = collectCases('topk');
export { cases as randomRows };

const MAX = (2 - 2 ** -23) * 2 ** 127; // the largest float32

const special = fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1, -1, MAX, -MAX);
const few = fc.integer({ min: -2, max: 2 });
const float = fc
  .float({ noNaN: true, noDefaultInfinity: true })
  .map((x) => (Math.abs(x) < 2 ** -125 ? 0 : x)); // subnormal numbers are 0 on webgl and webgpu

const problem = fc
  .constantFrom<number[][]>([16, 1], [16, 2], [5, 16], [3, 5, 7], [2, 8, 2, 4])
  .chain((shape) =>
    fc.tuple(fc.constant(shape), fc.integer({ min: -shape.length, max: shape.length - 1 })),
  )
  .chain(([shape, axis]) => {
    const size = shape.reduce((a, b) => a * b);
    const exactly = { minLength: size, maxLength: size };
    return fc.record({
      shape: fc.constant(shape),
      axis: fc.constant(axis),
      k: fc.integer({ min: 0, max: shape.at(axis) ?? 0 }),
      largest: fc.boolean(),
      sorted: fc.boolean(),
      data: fc.oneof(
        fc.array(fc.oneof(special, few), exactly),
        fc.array(fc.oneof(float, float, special), exactly),
      ),
    });
  });

it('equals a plain sort on random rows with ties, NaN, ±Infinity and −0, along every axis', async () => {
  let rowCount = 0;
  await fc.assert(
    fc.asyncProperty(problem, async ({ shape, axis, k, largest, sorted, data }) => {
      const x = tf.tensor(data, shape);
      const { values, indices } = topk(x, k, { axis, largest, sorted });
      const [rows, found] = [await rowsAlong(x, axis), await rowsAlong(indices, axis)];
      rowCount += rows.length;
      const inOrder = (list: number[]) => (sorted ? list : [...list].sort((i, j) => i - j));
      const expected = rows.map((row) => inOrder(plainTopk(row, k, largest).indices));
      await checkTensor(found.map(inOrder), expected, { of: 'indices' });
      const gathered = rows.map((row, r) => found[r].map((i) => row[i]));
      await checkTensor(await rowsAlong(values, axis), gathered, { of: 'values' });
      tf.dispose([x, values, indices]);
    }),
    { numRuns: 150, seed: 1 },
  );
  if (rowCount < 2000) throw new Error(`only ${String(rowCount)} rows`);
});

it('equals a plain sort on transposed tensors of random sizes, along a random axis', async () => {
  const random = randomNumbers(7);
  for (let run = 0; run < 6; run++) {
    const shape = [0, 0, 0].map(() => 1 + Math.floor(random() * 40));
    const size = shape[0] * shape[1] * shape[2];
    const x = tf.tensor(Array.from({ length: size }, () => random() - 0.5), shape); // prettier-ignore
    const transposed = tf.transpose(x, [2, 0, 1]);
    const axis = Math.floor(random() * 3);
    const k = Math.floor(random() * (transposed.shape[axis] + 1));
    const largest = random() < 0.5;
    const { values, indices } = topk(transposed, k, { axis, largest, sorted: true });
    const rows = await rowsAlong(transposed, axis);
    const expected = rows.map((row) => plainTopk(row, k, largest));
    await checkTensor(await rowsAlong(values, axis), expected.map((e) => e.values)); // prettier-ignore
    await checkTensor(await rowsAlong(indices, axis), expected.map((e) => e.indices)); // prettier-ignore
  }
});

/** Numbers in [0, 1), the same in every run: a linear congruential generator. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
