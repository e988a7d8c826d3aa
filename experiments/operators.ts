// %% [markdown]
// # What do the operators and a sparse training step cost?
//
// **A selection in place costs little more than top-k, a sort with its gradient less than one of
// Float32Array without; a step of a sparse autoencoder takes a fraction of the time of a dense one.**
// The contenders take turns in one process, and the fastest run of each counts.

// %%
import * as tf from '@tensorflow/tfjs';
import {
  median,
  putAlongAxis,
  rowSparseGrads,
  sort,
  SparseAdam,
  topk,
  topkActivation,
  topkLinear,
  weightedRows,
} from '../src/index.ts';
import { machine } from './bench/machine.ts';
import { raceRuns } from './bench/raceRuns.ts';
import { options } from './cli/options.ts';
import { startedBackends } from './cli/useBackend.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';

const { quick = false } = options();
const { show, claim } = notebook(__filename, options());
const measured = ['wasm', 'cpu'].filter((name) => startedBackends.includes(name));
const backends = measured.length > 0 ? measured : ['cpu'];
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** The times of contenders on each backend, in ms. */
const onEach = <Name extends string>(
  contenders: () => Record<Name, () => unknown>,
  rounds: number,
) =>
  backends.map((backend) => {
    void tf.setBackend(backend);
    return { backend, times: tf.tidy(() => raceRuns(contenders(), quick ? 1 : rounds)) };
  });
const tableOf = (results: { backend: string; times: Record<string, number> }[]) =>
  formatTable([
    ['ms', ...results.map(({ backend }) => backend)],
    ...Object.keys(results[0].times).map((name) => [
      name,
      ...results.map(({ times }) => times[name].toPrecision(3)),
    ]),
  ]);
/** Claims a ratio of times on some backends; --quick judges none. */
const claimRatio = (
  sentence: string,
  found: number,
  bound: { atMost: number } | { atLeast: number },
) => {
  if (!quick) claim(sentence, { found, unit: 'times', ...bound });
};
show(machine());

// %% [markdown]
// ## In place
//
// `topkActivation` of [64, 16384], k = 32, forward and backward, beside the values of `topk` alone.
// Its result and its gradient are 4 MB of zeros each, with 2048 entries. On cpu most of the time is
// the allocation of these.

// %%
const [rows, n, k] = quick ? [4, 512, 8] : [64, 16384, 32];
const activation = onEach(() => {
  const [x, dy] = [normal([rows, n], 1), normal([rows, n], 2)];
  const gradient = tf.grad((x: tf.Tensor) => topkActivation(x, k));
  return {
    'topk, values': () => topk(x, k).values,
    'topkActivation, forward': () => topkActivation(x, k),
    'topkActivation, forward and backward': () => gradient(x, dy),
  };
}, 101);
show(tableOf(activation));
for (const { backend, times } of activation) {
  const found = times['topkActivation, forward and backward'] / times['topk, values'];
  const sentence = `topkActivation with its gradient, beside topk's values, on ${backend}`;
  if (backend === 'wasm') claimRatio(sentence, found, { atMost: 1.5 });
  else show(`${sentence}: ${found.toFixed(2)} times`);
}

// %% [markdown]
// ## Along an axis
//
// `putAlongAxis`, beside what one writes without it: range, tile, expandDims, stack, scatterND.

// %%
const byHand = (values: tf.Tensor, indices: tf.Tensor) => {
  const row = tf.range(0, rows, 1, 'int32').expandDims(1).tile([1, k]);
  return tf.scatterND(tf.stack([row, indices], -1), values, [rows, n]);
};
const put = onEach(() => {
  const { values, indices } = topk(normal([rows, n], 1), k);
  return {
    putAlongAxis: () => putAlongAxis(values, indices, n),
    'tf.scatterND by hand': () => byHand(values, indices),
  };
}, 101);
show(tableOf(put));
for (const { backend, times } of put) {
  const found = times['tf.scatterND by hand'] / times.putAlongAxis;
  const sentence = `tf.scatterND by hand, beside putAlongAxis, on ${backend}`;
  if (backend === 'wasm') claimRatio(sentence, found, { atLeast: 3 });
  else show(`${sentence}: ${found.toFixed(2)} times`);
}
const same = tf.tidy(() => {
  const { values, indices } = topk(normal([rows, n], 1), k);
  return putAlongAxis(values, indices, n).sub(byHand(values, indices)).abs().max().dataSync()[0];
});
claim('Both put the values at the same places', { found: same, equals: 0 });

// %% [markdown]
// ## In order
//
// A million numbers: `sort`, which returns the indices as well, its gradient, and `median`, beside
// `Float32Array.sort`, which has no indices.

// %%
const size = quick ? 1000 : 1e6;
const order = onEach(() => {
  const [x, dy] = [normal([size], 1), normal([size], 2)];
  const data = x.dataSync<'float32'>();
  const gradient = tf.grad((x: tf.Tensor) => sort(x).values);
  return {
    'Float32Array.sort': () => data.slice().sort(),
    sort: () => sort(x).values,
    'sort and its gradient': () => gradient(x, dy),
    median: () => median(x),
  };
}, 11);
show(tableOf(order));
for (const { backend, times } of order) {
  const plain = times['Float32Array.sort'];
  claimRatio(`Float32Array.sort, beside sort with indices, on ${backend}`, plain / times.sort, {
    atLeast: 2.5,
  });
  claimRatio(`Float32Array.sort, beside median, on ${backend}`, plain / times.median, {
    atLeast: 10,
  });
  const found = times['sort and its gradient'] / times.sort;
  const sentence = `sort with its gradient, beside sort, on ${backend}`;
  if (backend === 'wasm') claimRatio(sentence, found, { atMost: 2 });
  else show(`${sentence}: ${found.toFixed(2)} times`);
}

// %% [markdown]
// ## Row-sparse gradients
//
// Of Σ topk(Wx)², for W [2048, 784], a batch of 64 and k = 32: `topkLinear` beside `topk` of tfjs's
// product, `rowSparseGrads` beside both, and a step of gradient descent by `subtractFrom` beside a
// loop over typed arrays, which changes the same rows of W.

// %%
const rowSparse = onEach(() => {
  const [rows, d, examples, k] = quick ? [16, 32, 4, 4] : [2048, 784, 64, 32];
  const [W, x] = [normal([rows, d], 1), normal([examples, d], 2)] as tf.Tensor2D[];
  const grads = () => rowSparseGrads(W, x, k, (values): tf.Scalar => values.square().sum());
  const V = tf.variable(W);
  const { dW } = grads();
  const [weights, data] = [W.dataSync().slice(), x.dataSync()];
  const [indices, coefficients] = [dW.indices.dataSync(), dW.coefficients.dataSync()];
  return {
    'topk of tf.matMul': () => topk(tf.matMul(x, W, false, true), k).values,
    topkLinear: () => topkLinear(W, x, k).values,
    rowSparseGrads: () => grads().value,
    subtractFrom: () => {
      dW.subtractFrom(V, 1e-6);
      return V;
    },
    'a loop over typed arrays': () => {
      for (let i = 0; i < indices.length; i++) {
        const [to, from] = [indices[i] * d, Math.floor(i / k) * d];
        const step = 1e-6 * coefficients[i];
        for (let c = 0; c < d; c++) weights[to + c] -= step * data[from + c];
      }
    },
  };
}, 21);
show(tableOf(rowSparse));
for (const { backend, times } of rowSparse) {
  const byProduct = times['topk of tf.matMul'];
  claimRatio(`topk of tf.matMul, beside topkLinear, on ${backend}`, byProduct / times.topkLinear, {
    atLeast: backend === 'wasm' ? 2 : 10,
  });
  const found = times.rowSparseGrads / times.topkLinear;
  const sentence = `rowSparseGrads, beside topkLinear, on ${backend}`;
  if (backend === 'wasm') claimRatio(sentence, found, { atMost: 1.3 });
  else show(`${sentence}: ${found.toFixed(2)} times`);
  claimRatio(
    `subtractFrom, beside a loop over typed arrays, on ${backend}`,
    times.subtractFrom / times['a loop over typed arrays'],
    { atMost: 2 },
  );
}

// %% [markdown]
// ## A training step
//
// An autoencoder 784 → 2048 → 784 with bias, for a batch of 64: loss, gradients, and Adam. The dense
// one is $D^T ReLU(Wx) + c$, by tfjs alone. The sparse ones select 32 of 2048: one by `topkLinear`
// with tfjs's Adam, whose gradients are dense, and one by `rowSparseGrads` with `SparseAdam`.

// %%
const [inputs, latents, batch, selected] = quick ? [16, 32, 4, 4] : [784, 2048, 64, 32];
const autoencoder = () => ({
  W: tf.variable(normal([latents, inputs], 1).mul<tf.Tensor2D>(inputs ** -0.5)),
  D: tf.variable(normal([latents, inputs], 2).mul<tf.Tensor2D>(inputs ** -0.5)),
  c: tf.variable(tf.zeros([inputs])),
});
const steps = () => {
  const x = normal([batch, inputs], 3) as tf.Tensor2D;
  const lossOf = (y: tf.Tensor, c: tf.Tensor): tf.Scalar => y.add(c).sub(x).square().sum(1).mean();
  const [dense, linear, sparse] = [autoencoder(), autoencoder(), autoencoder()];
  const [adam, adamOfLinear] = [tf.train.adam(), tf.train.adam()];
  const sparseAdam = new SparseAdam();
  return {
    'ReLU, dense': () => {
      const { W, D, c } = dense;
      const code = () => tf.matMul(x, W, false, true).relu();
      return adam.minimize(() => lossOf(tf.matMul(code(), D), c), true, [W, D, c]);
    },
    'topkLinear, dense Adam': () => {
      const { W, D, c } = linear;
      const loss = () => {
        const { values, indices } = topkLinear(W, x, selected);
        return lossOf(weightedRows(D, indices, values), c);
      };
      return adamOfLinear.minimize(loss, true, [W, D, c]);
    },
    'rowSparseGrads, SparseAdam': () => {
      const { W, D, c } = sparse;
      const { value, dW, grads } = rowSparseGrads(
        W,
        x,
        selected,
        (values, indices) => lossOf(weightedRows(D, indices, values), c),
        { variables: [D, c] },
      );
      sparseAdam.applyGradients({ [W.name]: dW, ...grads });
      return value;
    },
  };
};
const first = steps();
const losses = (['topkLinear, dense Adam', 'rowSparseGrads, SparseAdam'] as const).map(
  (name) => first[name]()?.dataSync()[0] ?? NaN,
);
claim('Both sparse forms begin with the same loss', {
  found: Math.abs(losses[0] / losses[1] - 1),
  unit: 'relative difference',
  atMost: 1e-6,
});

// %%
const training = onEach(steps, 7);
show(tableOf(training));
for (const { backend, times } of training) {
  const [dense, linear, sparse] = Object.values(times);
  claimRatio(`A dense step, beside a row-sparse one, on ${backend}`, dense / sparse, {
    atLeast: backend === 'wasm' ? 25 : 2,
  });
  claimRatio(`A step by topkLinear, beside a row-sparse one, on ${backend}`, linear / sparse, {
    atLeast: 1.8,
  });
}
