import * as tf from '@tensorflow/tfjs';
import { gumbelTopk, softTopk, straightThroughTopk, topk } from '../../../src/index.ts';
import { swapAxes } from '../../../src/kernels/swapAxes.ts'; // tf.transpose of integers fails on webgpu
import { kinds, plainSoftTopk, type Kind } from '../../oracles/plainSoftTopk.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';

/** The relaxed top-k, against bisection in double precision. */
const { cases, it } = collectCases('softTopk');
const straightThrough = collectCases('straightThroughTopk');
const gumbel = collectCases('gumbelTopk');

const PROBLEMS: [shape: number[], k: number, temperature: number][] = [
  [[2], 1, 0.5],
  [[7], 2.5, 1],
  [[2, 3, 20], 4, 0.1],
  [[130], 30, 0.02],
  [[3, 300], 10, 3],
];

for (const kind of kinds) {
  for (const [shape, k, temperature] of PROBLEMS) {
    const name = `${kind}, [${String(shape)}], k = ${String(k)}, τ = ${String(temperature)}`;
    it(`is the mask that bisection finds, and has its gradients: ${name}`, () =>
      checkProblem(kind, shape, k, temperature));
  }
}

it('is constant for k = 0 and k = n, with gradients of 0 in x and in the temperature', async () => {
  for (const kind of kinds) {
    for (const shape of [[1], [5], [2, 300]]) {
      const x = tf.randomNormal(shape, 0, 1, 'float32', 1);
      const [n, τ] = [shape[shape.length - 1], tf.scalar(0.5)];
      for (const k of [0, n]) {
        const mask = (x: tf.Tensor, τ: tf.Tensor) =>
          softTopk(x, k, { kind, temperature: τ as tf.Scalar });
        const loss = (x: tf.Tensor, τ: tf.Tensor): tf.Scalar => mask(x, τ).square().sum();
        await checkTensor(mask(x, τ), tf.fill(shape, k / n));
        const [dx, dτ] = tf.grads(loss)([x, τ]);
        await checkTensor(dx, tf.zeros(shape), { of: 'dx' });
        await checkTensor(dτ, 0, { of: 'dτ' });
        await checkTensor(straightThroughTopk(x, k, { kind }), tf.fill(shape, k / n));
      }
    }
  }
});

/** A function of x along an axis, with the parts of its result by name. */
type AlongAxis = (x: tf.Tensor, axis: number) => Record<string, tf.Tensor>;

/** What holds along the last axis holds along another one of the transposed x; its gradient, too. */
async function checkAxes(f: AlongAxis) {
  for (const shape of [
    [5, 3],
    [2, 5, 3],
    [5, 0],
  ]) {
    const x = tf.randomNormal(shape, 0, 1, 'float32', 3);
    for (const axis of shape.keys()) {
      const swapped = (t: tf.Tensor) => swapAxes(t, axis, shape.length - 1);
      const weighted = (parts: Record<string, tf.Tensor>) =>
        parts.values.mul(parts.values).mul(tf.range(1, parts.values.size + 1).reshape(parts.values.shape)); // prettier-ignore
      const [along, last] = [f(x, axis), f(swapped(x), -1)];
      for (const [name, part] of Object.entries(along)) {
        await checkTensor(part, swapped(last[name]), { of: `${name} along ${String(axis)}` });
      }
      if (x.size === 0) continue;
      const dx = tf.grad((x) => weighted(mapped(f(x, axis), swapped)).sum())(x);
      const expected = tf.grad((x) => weighted(f(x, -1)).sum())(swapped(x));
      await checkTensor(dx, swapped(expected), { of: `dx along ${String(axis)}` });
    }
  }
}

const mapped = (parts: Record<string, tf.Tensor>, g: (t: tf.Tensor) => tf.Tensor) =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, g(part)]));

it('along an axis is that of the transposed x along the last', () =>
  checkAxes((x, axis) => ({ values: softTopk(x, Math.min(2, x.shape.at(axis) ?? 0), { axis }) })));

straightThrough.it('along an axis is that of the transposed x along the last', () =>
  checkAxes((x, axis) => ({
    values: straightThroughTopk(x, Math.min(2, x.shape.at(axis) ?? 0), { axis }),
  })),
);

gumbel.it('along an axis draws what it draws along the last of the transposed logits', () =>
  checkAxes((x, axis) => ({
    ...gumbelTopk(x, Math.min(2, x.shape.at(axis) ?? 0), { axis, seed: 1 }),
  })),
);

async function checkProblem(kind: Kind, shape: number[], k: number, temperature: number) {
  const x = tf.randomNormal(shape, 0, 1, 'float32', k * 10);
  const n = shape[shape.length - 1];
  const data = Array.from(await x.data());
  const rows = Array.from({ length: data.length / n }, (_, r) => data.slice(r * n, (r + 1) * n));
  const g = data.map((_, i) => Math.cos(i));
  const gOf = (r: number) => g.slice(r * n, (r + 1) * n);

  const mask = softTopk(x, k, { kind, temperature });
  checkEqual([mask.shape, mask.dtype], [shape, 'float32']);
  const plain = (row: number[]) => plainSoftTopk(row, k, temperature, kind);
  const masks = rows.flatMap((row) => plain(row).mask);
  await checkTensor(mask.flatten(), masks, { of: 'mask', tolerance: 3e-5 });

  const upstream = tf.tensor(g, shape);
  const τ = tf.scalar(temperature);
  const loss = (x: tf.Tensor, τ: tf.Tensor) =>
    softTopk(x, k, { kind, temperature: τ as tf.Scalar })
      .mul(upstream)
      .sum();
  const [dx, dτ] = tf.grads(loss)([x, τ]);
  const expected = rows.flatMap((row, r) => plain(row).vjp(gOf(r)));
  await checkTensor(dx.flatten(), expected, { of: 'dx', tolerance: 1e-4 / temperature });
  // The mask depends on x / τ only, so τ dL/dτ = −⟨dL/dx, x⟩.
  const inTemperature = -expected.reduce((total, d, i) => total + d * data[i], 0);
  await checkTensor(dτ.mul(τ), inTemperature, { of: 'τ dτ', tolerance: 1e-3 * rows.length });

  // Second order, along g: the change of the gradient, by a difference in double precision.
  if (kind !== 'logistic') return; // which has no kinks
  const gradient = tf.grad((x) => loss(x, τ));
  const second = tf.grad((x) => gradient(x).mul(upstream).sum())(x);
  const step = 1e-4 * temperature;
  const vjpAt = (row: number[], r: number, sign: number) =>
    plain(row.map((x, i) => x + sign * step * gOf(r)[i])).vjp(gOf(r));
  const curvature = rows.flatMap((row, r) => {
    const [after, before] = [vjpAt(row, r, 1), vjpAt(row, r, -1)];
    return after.map((a, i) => ((a - before[i]) / (2 * step)) * temperature ** 2);
  });
  const scaled = second.mul(τ).mul(τ).flatten();
  await checkTensor(scaled, curvature, { of: 'τ² d²x', tolerance: 5e-4 });
}

it('sums to a k that is an integer but for its rounding, where k / ⌈k⌉ is 1 in float32', async () => {
  const x = [3, 2, 2, 1, 0, 0, -1, -2];
  for (const kind of kinds) {
    for (const k of [2, 3].flatMap((k) => [k - 1e-8, k - 2 ** -50, k + 2 ** -50])) {
      const { mask } = plainSoftTopk(x, k, 0.3, kind);
      const of = `${kind}, k = ${String(k)}`;
      await checkTensor(softTopk(x, k, { kind, temperature: 0.3 }), mask, { of, tolerance: 1e-5 });
    }
  }
});

it('finds each row of a batch, whatever the scale of the other rows', async () => {
  const scales = [0.01, 0.1, 1, 10, 100, 1000];
  const rows = Array.from({ length: 60 }, (_, row) =>
    Array.from({ length: 9 }, (_, i) => {
      const entry = Math.sin(97 * row + 13 * i) * scales[row % scales.length];
      return Math.fround(i < 2 ? Math.round(entry) : entry);
    }),
  );
  for (const kind of kinds) {
    for (const k of [0.63755, 4.9]) {
      const masks = softTopk(tf.tensor2d(rows), k, { kind });
      const expected = rows.map((row) => plainSoftTopk(row, k, 1, kind).mask);
      const of = `${kind}, k = ${String(k)}`;
      await checkTensor(masks, expected, { of, tolerance: 1e-4 });
    }
  }
});

straightThrough.it('selects exactly, with the gradient of softTopk', async () => {
  const x = tf.tensor2d([[0.3, 0.1, 0.2, 0.5], [4, 4, 4, 3]]); // prettier-ignore
  const w = tf.tensor1d([1, 2, 3, 4]);
  await checkTensor(straightThroughTopk(x, 2), [[1, 0, 0, 1], [1, 1, 0, 0]]); // prettier-ignore
  const gradient = (relaxed: typeof softTopk) => tf.grad((x) => relaxed(x, 2).mul(w).sum())(x);
  await checkTensor(gradient(straightThroughTopk), gradient(softTopk));
});

gumbel.it('draws the same sample from a seed on every backend', async () => {
  const logits = tf.tensor2d([[0.5, -1, 2, 0, 1, -0.3], [0, 0, 0, 0, 0, 0]]); // prettier-ignore
  const { values, indices, perturbed } = gumbelTopk(logits, 3, { seed: 5 });
  await checkTensor(indices, [[3, 0, 5], [5, 0, 2]]); // prettier-ignore
  await checkTensor(indices, topk(perturbed, 3).indices);
  await checkTensor(values, topk(perturbed, 3).values);
});

export const soft = [...cases, ...straightThrough.cases, ...gumbel.cases];
