import * as tf from '@tensorflow/tfjs';
import { topk, topkActivation } from '../../../src/index.ts';
import { isOnGpu } from '../../../src/util/isOnGpu.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';
import { checkTensor } from '../checkTensor.ts';
import { checkTopk } from '../checkTopk.ts';
import { collectCases } from '../collectCases.ts';
import { rowsAlong } from '../rowsAlong.ts';

/** The order of NaN, infinities, zeros of both signs, and neighbouring numbers. */
const { cases, it } = collectCases('topk');
export { cases as totalOrder };

const MAX = (2 - 2 ** -23) * 2 ** 127; // the largest float32

it('puts NaN before Infinity, and after it if the smallest are selected', async () => {
  const x = [NaN, Infinity, 1e4, 0, -1e4, -Infinity];
  await checkTopk(x, 4, { values: [NaN, Infinity, 1e4, 0], indices: [0, 1, 2, 3] });
  const smallest = { values: [-Infinity, -1e4, 0, 1e4], indices: [5, 4, 3, 2] };
  await checkTopk(x, 4, smallest, { largest: false });
});

it('orders several infinities and several NaN, which tfjs on cpu gets wrong', async () => {
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

it('tells the largest floats from Infinity and from NaN', async () => {
  const next = (2 - 2 ** -22) * 2 ** 127;
  await checkTopk([next, MAX, Infinity, NaN, -MAX, -Infinity, -next], 7, {
    indices: [3, 2, 1, 0, 6, 4, 5],
  });
});

it('tells neighbouring floats apart', async () => {
  for (const scale of [1, -1, 2 ** -100, -(2 ** 100)]) {
    const row = Array.from({ length: 9 }, (_, i) => scale * (1 + ((i * 5) % 9) * 2 ** -23));
    await checkTopk(row, 9, plainTopk(row, 9));
  }
});

it('tells integers above 2²⁴ apart, except on webgl', async () => {
  const row = [2 ** 24, 2 ** 24 + 1, -(2 ** 31), 2 ** 31 - 1, 2 ** 31 - 2, 1 - 2 ** 31];
  const x = tf.tensor2d([row, [...row].reverse()], [2, 6], 'int32');
  if (tf.getBackend() === 'webgl') return;
  for (const largest of [true, false]) {
    const expected = [row, [...row].reverse()].map((row) => plainTopk(row, 6, largest));
    const [values, indices] = [expected.map((e) => e.values), expected.map((e) => e.indices)];
    await checkTopk(x, 6, { values, indices }, { largest });
  }
});

it('tells integers above 2²⁴ apart along each axis, and has their values, except on webgl', async () => {
  if (tf.getBackend() === 'webgl') return;
  for (const shape of [
    [5, 4],
    [4, 3, 5],
    [2, 5, 3, 4],
    [12, 11, 10],
  ]) {
    const size = shape.reduce((a, b) => a * b);
    const x = tf.tensor(Array.from({ length: size }, (_, i) => 2 ** 30 + ((i * 7) % size)), shape, 'int32'); // prettier-ignore
    for (const axis of shape.keys()) {
      const { values, indices } = topk(x, 2, { axis });
      const expected = (await rowsAlong(x, axis)).map((row) => plainTopk(row, 2));
      await checkTensor(await rowsAlong(values, axis), expected.map((e) => e.values)); // prettier-ignore
      await checkTensor(await rowsAlong(indices, axis), expected.map((e) => e.indices)); // prettier-ignore
    }
  }
});

it('selects along each axis from floats that were cast from integers, with a gradient', async () => {
  for (const shape of [
    [40, 30],
    [12, 11, 10],
  ]) {
    const size = shape.reduce((a, b) => a * b);
    const integers = tf.tensor(Array.from({ length: size }, (_, i) => (i * 7) % size), shape, 'int32'); // prettier-ignore
    const floats = integers.cast('float32');
    for (const axis of shape.keys()) {
      const { values } = topk(floats, 2, { axis });
      const expected = (await rowsAlong(integers, axis)).map((row) => plainTopk(row, 2).values);
      await checkTensor(await rowsAlong(values, axis), expected);
      const isSelected = topkActivation(floats.add(1), 2, { axis }).greater(0).cast('float32');
      const sum = (x: tf.Tensor): tf.Scalar => topk(x.cast('int32'), 2, { axis }).values.cast('float32').sum(); // prettier-ignore
      await checkTensor(tf.grad(sum)(floats), isSelected, { of: 'gradient' });
    }
  }
});

it('tells subnormal numbers apart, except on webgl and webgpu', async () => {
  if (isOnGpu()) return;
  await checkTopk([0, 2 ** -149, -(2 ** -149), 2 ** -148], 4, { indices: [3, 1, 0, 2] });
});
