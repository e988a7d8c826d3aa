import * as tf from '@tensorflow/tfjs';
import { gumbelTopk, softTopk, straightThroughTopk, topk } from '../../src/index.ts';
import { kinds, plainSoftTopk, type Kind } from '../oracles/plainSoftTopk.ts';
import { check } from './check.ts';
import { read, type Case } from './helpers.ts';

/** The relaxed top-k, against bisection in double precision. */
export const soft: Case[] = [];

function it(title: string, run: Case['run']): void {
  soft.push({ title, run });
}

/** Throws unless all numbers of two lists are within a distance of each other. */
function checkNear(found: ArrayLike<number>, expected: number[], within: number, of: string): void {
  check(found.length, expected.length, of);
  expected.forEach((e, i) => {
    if (Math.abs(found[i] - e) <= within) return;
    throw new Error(`${of}[${String(i)}]: ${String(found[i])} should be ${String(e)}`);
  });
}

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
    it(`is the mask that bisection finds, and has its gradients: ${name}`, async () => {
      await checkProblem(kind, shape, k, temperature);
    });
  }
}

async function checkProblem(kind: Kind, shape: number[], k: number, temperature: number) {
  const x = tf.randomNormal(shape, 0, 1, 'float32', k * 10);
  const n = shape[shape.length - 1];
  const data = Array.from(await x.data());
  const rows = Array.from({ length: data.length / n }, (_, r) => data.slice(r * n, (r + 1) * n));
  const g = data.map((_, i) => Math.cos(i));
  const gOf = (r: number) => g.slice(r * n, (r + 1) * n);

  const mask = softTopk(x, k, { kind, temperature });
  check([mask.shape, mask.dtype], [shape, 'float32']);
  const plain = (row: number[]) => plainSoftTopk(row, k, temperature, kind);
  checkNear(await mask.data(), rows.flatMap((row) => plain(row).mask), 3e-5, 'mask'); // prettier-ignore

  const upstream = tf.tensor(g, shape);
  const τ = tf.scalar(temperature);
  const loss = (x: tf.Tensor, τ: tf.Tensor) =>
    softTopk(x, k, { kind, temperature: τ as tf.Scalar })
      .mul(upstream)
      .sum();
  const [dx, dτ] = tf.grads(loss)([x, τ]);
  const expected = rows.flatMap((row, r) => plain(row).vjp(gOf(r)));
  const scaled = Array.from(await dx.data(), (d) => d * temperature);
  checkNear(scaled, expected.map((d) => d * temperature), 1e-4, 'τ dx'); // prettier-ignore
  // The mask depends on x / τ only, so τ dL/dτ = −⟨dL/dx, x⟩.
  const inTemperature = -expected.reduce((total, d, i) => total + d * data[i], 0);
  checkNear(await dτ.mul(τ).data(), [inTemperature], 1e-3 * rows.length, 'τ dτ');

  // Second order, along g: the change of the gradient, by a difference in double precision.
  if (kind !== 'logistic') return; // which has no kinks
  const again = tf.grad((x) =>
    tf
      .grad((x) => loss(x, τ))(x)
      .mul(upstream)
      .sum(),
  )(x);
  const step = 1e-4 * temperature;
  const vjpAt = (row: number[], r: number, sign: number) =>
    plain(row.map((x, i) => x + sign * step * gOf(r)[i])).vjp(gOf(r));
  const curvature = rows.flatMap((row, r) => {
    const [after, before] = [vjpAt(row, r, 1), vjpAt(row, r, -1)];
    return after.map((a, i) => ((a - before[i]) / (2 * step)) * temperature ** 2);
  });
  checkNear(await again.mul(τ).mul(τ).data(), curvature, 5e-4, 'τ² d²x');
}

it('finds each row of a batch, whatever the scale of the others', async () => {
  const scales = [0.01, 0.1, 1, 10, 100, 1000];
  const rows = Array.from({ length: 60 }, (_, row) =>
    Array.from({ length: 9 }, (_, i) => {
      const entry = Math.sin(97 * row + 13 * i) * scales[row % scales.length];
      return Math.fround(i < 2 ? Math.round(entry) : entry);
    }),
  );
  for (const kind of kinds) {
    for (const k of [0.63755, 4.9]) {
      const masks = await softTopk(tf.tensor2d(rows), k, { kind }).data();
      const expected = rows.flatMap((row) => plainSoftTopk(row, k, 1, kind).mask);
      checkNear(masks, expected, 1e-4, `${kind}, k = ${String(k)}`);
    }
  }
});

it('selects exactly, with the gradient of the relaxed mask', async () => {
  const x = tf.tensor2d([[0.3, 0.1, 0.2, 0.5], [4, 4, 4, 3]]); // prettier-ignore
  const w = tf.tensor1d([1, 2, 3, 4]);
  check(await read(straightThroughTopk(x, 2)), [[1, 0, 0, 1], [1, 1, 0, 0]]); // prettier-ignore
  const gradient = (relaxed: typeof softTopk) =>
    read(tf.grad((x) => relaxed(x, 2).mul(w).sum())(x));
  check(await gradient(straightThroughTopk), await gradient(softTopk));
});

it('draws the same sample from a seed as every backend does', async () => {
  const logits = tf.tensor2d([[0.5, -1, 2, 0, 1, -0.3], [0, 0, 0, 0, 0, 0]]); // prettier-ignore
  const { values, indices, perturbed } = gumbelTopk(logits, 3, { seed: 5 });
  check(await read(indices), [[3, 0, 5], [5, 0, 2]]); // prettier-ignore
  check(await read(indices), await read(topk(perturbed, 3).indices));
  check(await read(values), await read(topk(perturbed, 3).values));
});
