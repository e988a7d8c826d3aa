// %% [markdown]
// # A sparse autoencoder, trained by the row-sparse gradient
//
// A TopK sparse autoencoder explains each x by k rows of a dictionary: v = topk(Wx), and x̂ = Σ vᵢ dᵢ over the
// selected rows of D. The gradient of ‖x̂ − x‖² is zero but for these rows, in W and in D:
//
//   dL/dW = (Pᵀ dL/dv) xᵀ,   dL/dD = (Pᵀ v) (dL/dx̂)ᵀ.
//
// Does it find the dictionary that data were made from?

// %%
import * as tf from '@tensorflow/tfjs';
import { gumbelTopk, RowSparse, rowSparseGrads, topk } from '../src/index.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import { training } from './charts/training.ts';
import { options } from './cli/options.ts';
import { startProgress } from './cli/startProgress.ts';

const { show, claim, plot } = notebook(__filename, options());

// %% [markdown]
// ## The data
//
// 256 atoms, unit vectors in 64 dimensions. Each of 20 000 examples is the sum of 3 of them, drawn without
// replacement, times coefficients between 0.5 and 1.5.

// %%
const [d, atomCount, k, exampleCount] = [64, 256, 3, 20_000];
const unit = (rows: tf.Tensor): tf.Tensor2D => rows.div(tf.norm(rows, 2, 1, true));
const atoms = tf.tidy(() => unit(tf.randomNormal([atomCount, d], 0, 1, 'float32', 1)));
const examples = tf.tidy(() => {
  const active = gumbelTopk(tf.zeros([exampleCount, atomCount]), k, { seed: 2 }).indices;
  const coefficients = tf.randomUniform([exampleCount, k, 1], 0.5, 1.5, 'float32', 3);
  return tf.gather(atoms, active).mul(coefficients).sum<tf.Tensor2D>(1);
});

// %% [markdown]
// ## The autoencoder
//
// 512 rows, twice as many as there are atoms, in W and in D; both begin as examples of length 1. A step of gradient descent
// changes the rows that a batch selected, and then makes those of D unit vectors again.

// %%
const [n, b, rate] = [512, 256, 5];
const begin = () => tf.variable(tf.tidy(() => unit(examples.slice(0, n))));
const batch = (step: number) => examples.slice((step * b) % (exampleCount - b), b);
const decode = (D: tf.Tensor, values: tf.Tensor, indices: tf.Tensor) =>
  tf.gather(D, indices).mul(tf.expandDims(values, -1)).sum(1);
const lossOf = (error: tf.Tensor) => error.square().sum(1).mean<tf.Scalar>();

const sparseStep = (W: tf.Variable, D: tf.Variable, step: number) =>
  tf.tidy(() => {
    const x = batch(step);
    let dD: RowSparse | undefined;
    const { value, indices, dW } = rowSparseGrads(W, x, k, (values, indices) => {
      const error = decode(D, values, indices).sub(x);
      const [i, v, upstream] = [indices, values, error.mul(2 / b)].map((t) => tf.keep(t.clone()));
      dD = new RowSparse(i, v, upstream, n);
      return lossOf(error);
    });
    dW.subtractFrom(W, rate);
    dD?.subtractFrom(D, rate);
    dD?.dispose();
    D.assign(unit(D));
    return { loss: value.dataSync()[0], indices: indices.dataSync<'int32'>() };
  });

// %% [markdown]
// ## The same as by the dense gradient
//
// 100 steps each, from the same beginning: by the gradients above, and by tfjs's of topk(W x), a product that
// goes back through all of W. They take turns, step by step. W is small here, and a batch selects most of its
// rows, so what is saved depends on how fast the backend is at the rest; `experiment:speed` has larger ones.

// %%
const denseStep = (W: tf.Variable, D: tf.Variable, step: number) =>
  tf.tidy(() => {
    const x = batch(step);
    const { value, grads } = tf.valueAndGrads((W: tf.Tensor, D: tf.Tensor) => {
      const { values, indices } = topk(tf.matMul(x, W as tf.Tensor2D, false, true), k);
      return lossOf(decode(D, values, indices).sub(x));
    })([W, D]);
    W.assign(W.sub(grads[0].mul(rate)));
    D.assign(unit(D.sub(grads[1].mul(rate))));
    return { loss: value.dataSync()[0] };
  });
const contenders = [sparseStep, denseStep].map((take) => ({
  take,
  W: begin(),
  D: begin(),
  losses: [] as number[],
  milliseconds: 0,
}));
const WARM_UP = 20;
for (let step = 0; step < 100; step++) {
  for (const contender of contenders) {
    const start = performance.now();
    contender.losses.push(contender.take(contender.W, contender.D, step).loss);
    if (step >= WARM_UP) contender.milliseconds += performance.now() - start;
  }
}
const [sparse, dense] = contenders;
const furthest = (a: tf.Tensor, b: tf.Tensor) => tf.tidy(() => a.sub(b).abs().max().dataSync()[0]);
const losses = contenders.map(({ losses }) => tf.tensor(losses));
claim('losses of 100 steps differ by', { found: furthest(losses[0], losses[1]), atMost: 1e-5 });
claim('W after 100 steps differs by', { found: furthest(sparse.W, dense.W), atMost: 1e-5 });
claim('D after 100 steps differs by', { found: furthest(sparse.D, dense.D), atMost: 1e-5 });
const perSecond = contenders.map(({ milliseconds }) => (100 - WARM_UP) / (milliseconds / 1000));
show(
  formatTable([
    ['', 'steps a second'],
    ['row-sparse gradient', perSecond[0].toFixed(1)],
    ['dense gradient', perSecond[1].toFixed(1)],
  ]),
);

// %% [markdown]
// ## Training
//
// 1000 steps by the row-sparse gradient. Every 200 steps, rows that no example selected since are replaced by examples.
// An atom counts as recovered where a row of D has a cosine of 0.95 or more with it.

// %%
const [steps, interval] = [1000, 200];
const [W, D] = [begin(), begin()];
const recovered = () =>
  tf.tidy(() => {
    const cosines = tf.matMul(atoms, tf.transpose<tf.Tensor2D>(unit(D)));
    return cosines.max(1).greaterEqual(0.95).mean().dataSync()[0];
  });
const replaceUnused = (used: Set<number>, step: number) => {
  const isUsed = tf.tensor2d(Array.from({ length: n }, (_, i) => [used.has(i) ? 1 : 0]));
  const fresh = unit(examples.slice((step * b) % (exampleCount - n), n));
  for (const matrix of [W, D]) matrix.assign(matrix.mul(isUsed).add(fresh.mul(tf.sub(1, isUsed))));
};
const start = performance.now();
const progress = startProgress(steps);
const history = [{ step: 0, loss: NaN, recovered: recovered() }];
let used = new Set<number>();
for (let step = 1; step <= steps; step++) {
  const { loss, indices } = sparseStep(W, D, step);
  for (const row of indices) used.add(row);
  if (step % interval === 0 && step < steps) {
    tf.tidy(() => {
      replaceUnused(used, step);
    });
    used = new Set();
  }
  if (step % 20 === 0) history.push({ step, loss, recovered: recovered() });
  progress.increment();
}
progress.stop();
const seconds = (performance.now() - start) / 1000;

// %%
const last = history[history.length - 1];
show(`recovered at step 0: ${history[0].recovered.toFixed(4)}`);
show(`loss ${last.loss.toFixed(4)}, of ‖x‖² = ${lossOf(examples).dataSync()[0].toFixed(4)}`);
plot('loss and recovered atoms in training', training(history));
claim('atoms recovered', { found: last.recovered, atLeast: 0.95 });
if (options().backend === undefined) claim('time', { found: seconds, unit: 's', atMost: 90 });
else show(`${seconds.toFixed(1)} s`);
