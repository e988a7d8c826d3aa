// %% [markdown]
// # What the hard gradient misses, and the masks that do not
//
// top-k sends its gradient to what it selects. What it did not select learns nothing, and a mask of 0 and
// 1 has no gradient at all. A relaxed mask lies between: m = F((x − θ) / τ), with θ such that Σm = k.

// %%
import * as tf from '@tensorflow/tfjs';
import { selectionMatrix, softTopk, straightThroughTopk, topk } from '../src/index.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import { masksAgainstTemperature } from './charts/masksAgainstTemperature.ts';
import { options } from './cli/options.ts';
import { machine } from './bench/machine.ts';
import { timeRuns } from './bench/timeRuns.ts';

const { show, claim, plot } = notebook(__filename, options());
const kinds = ['logistic', 'laplace', 'clip'] as const;

// %% [markdown]
// ## Which features does y depend on?
//
// y = Xw depends on 3 features of 10. The weights are known, and what is asked is which 3 features to keep: a
// score for each, and a mask of the 3 best, for which X (m ⊙ w) should come near y. The scores begin at 0 and
// follow the gradient of the squared error.

// %%
const w = [0, 2, 0, -1.5, 0, 0, 0, 5, 0, 0];
const X = tf.randomNormal<tf.Rank.R2>([200, 10], 0, 1, 'float32', 1);
const y = tf.dot(X, w);
const learn = (maskOf: (scores: tf.Tensor) => tf.Tensor) => {
  const scores = tf.variable(tf.zeros([10]));
  const error = () => tf.dot(X, maskOf(scores).mul(w)).sub(y).square().mean<tf.Scalar>();
  const adam = tf.train.adam(0.1);
  for (let step = 0; step < 100; step++) adam.minimize(error, false, [scores]);
  return scores;
};
const best3 = (scores: tf.Tensor) => Array.from(topk(scores, 3).indices.dataSync());
const sum = (mask: tf.Tensor) => mask.dataSync<'float32'>().reduce((a, b) => a + b, 0);

// %% [markdown]
// First with the mask that top-k makes, which is a constant to every gradient. (0 · scores stands there
// because tfjs refuses to differentiate by what a function does not use.)

// %%
const hard = (scores: tf.Tensor) => {
  const P = selectionMatrix(topk(scores, 3).indices, 10);
  return P.sum(0).add(scores.mul(0));
};
const unmoved = learn(hard);
claim('scores that have moved', { found: unmoved.notEqual(0).sum().dataSync()[0], equals: 0 });
claim('so the hard mask keeps the features it began with', {
  found: best3(unmoved),
  equals: [0, 1, 2],
});

// %% [markdown]
// Then with the relaxed mask of each kind, and with the hard mask that has the gradient of the relaxed one.

// %%
show(learn((scores) => softTopk(scores, 3)));
for (const kind of kinds) {
  const found = best3(learn((scores) => softTopk(scores, 3, { kind })));
  claim(`the best scores by softTopk, ${kind}`, { found, equals: [7, 1, 3] });
}
const through = best3(learn((scores) => straightThroughTopk(scores, 3)));
claim('the best by straightThroughTopk, in order of index', {
  found: through.sort((i, j) => i - j),
  equals: [1, 3, 7],
});

// %% [markdown]
// Any mask with a gradient would have found them, that of a sigmoid for each score, too. But that one may keep
// as many as it likes, and features that do not matter stay half in it:

// %%
const separate = learn((scores) => tf.sigmoid(scores));
claim('the best by sigmoids, in order of index', {
  found: best3(separate).sort((i, j) => i - j),
  equals: [1, 3, 7],
});
claim('the sum of their mask', { found: sum(tf.sigmoid(separate)), atLeast: 4 });
claim('the sum of softTopk’s', { found: sum(softTopk(separate, 3)), atMost: 3 * (1 + 1e-5) });

// %% [markdown]
// ## Sinkhorn's iterations find a sigmoid
//
// SOFT top-k transports 1/n from each entry to two anchors, k/n to the one at 1 and the rest to the one at 0, at the cost of
// (xᵢ − anchor)², with entropy ε. What arrives at 1 is the mask, and it is the sigmoid for τ = ε / 2: of
// the cost only the difference (xᵢ − 1)² − xᵢ² = 1 − 2xᵢ counts.

// %%
const sinkhorn = (x: tf.Tensor, k: number, ε: number, iterations = 200) => {
  const n = x.size;
  const [K0, K1] = [0, 1].map((anchor) => x.sub(anchor).square().div(-ε).exp());
  let [a, b0, b1] = [tf.onesLike(x), tf.scalar(1), tf.scalar(1)];
  for (let iteration = 0; iteration < iterations; iteration++) {
    a = tf.div(1 / n, K0.mul(b0).add(K1.mul(b1)));
    b0 = tf.div(1 - k / n, a.mul(K0).sum());
    b1 = tf.div(k / n, a.mul(K1).sum());
  }
  return a.mul(K1).mul(b1).mul(n);
};
const [k, τ] = [32, 0.5];
const x = tf.randomNormal([1000], 0, 1, 'float32', 2);
const apart = (x: tf.Tensor, τ: number, iterations?: number) => {
  const difference = softTopk(x, k, { temperature: τ }).sub(sinkhorn(x, k, 2 * τ, iterations));
  return difference.abs().max().dataSync()[0];
};
claim('the masks differ by', { found: apart(x, τ), atMost: 1e-5 });

// %% [markdown]
// ## Time
//
// Forward and backward, in ms: medians of runs that take turns. Sinkhorn's gradient goes back through
// all of its iterations: 200, or with a test for when to stop as few as make its mask 1e-5 of softTopk's.

// %%
show(machine());
let enough = 1;
while (apart(tf.randomNormal([1e5], 0, 1, 'float32', 3), 1, enough) > 1e-5) enough++;
claim('of Sinkhorn’s iterations, enough are', { found: enough, atMost: 200 });

// %%
const gradientOf = (maskOf: (x: tf.Tensor) => tf.Tensor) => {
  const gradient = tf.grad((x) => maskOf(x).square().sum());
  return (x: tf.Tensor) => () => {
    tf.dispose(gradient(x));
  };
};
const contenders = {
  'tf.sigmoid, forward only': (x: tf.Tensor) => () => {
    tf.dispose(tf.sigmoid(x));
  },
  'softTopk, logistic': gradientOf((x) => softTopk(x, k)),
  'softTopk, laplace': gradientOf((x) => softTopk(x, k, { kind: 'laplace' })),
  'softTopk, clip': gradientOf((x) => softTopk(x, k, { kind: 'clip' })),
  '200 of Sinkhorn’s iterations': gradientOf((x) => sinkhorn(x, k, 2)),
  'as many as are enough': gradientOf((x) => sinkhorn(x, k, 2, enough)),
};
const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const sizes = [1e4, 1e5, 1e6];
const times = sizes.map((n) => {
  const x = tf.randomNormal([n], 0, 1, 'float32', 3);
  const names = Object.entries(contenders).filter(
    ([name]) => n === 1e5 || name.startsWith('softTopk'),
  );
  const rounds = [1, 2, 3].map(() => names.map(([, contender]) => timeRuns(contender(x), 0.2)));
  const medians = names.map(([name], i) => [name, median(rounds.flatMap((round) => round[i]))]);
  return Object.fromEntries(medians) as Partial<Record<keyof typeof contenders, number>>;
});
show(
  formatTable([
    ['ms, k = 32', ...sizes.map((n) => `n = ${n.toExponential(0)}`)],
    ...(Object.keys(contenders) as (keyof typeof contenders)[]).map((name) => [
      name,
      ...times.map((at) => at[name]?.toPrecision(3) ?? ''),
    ]),
  ]),
);
const hasBound = ['cpu', 'wasm'].includes(tf.getBackend()); // tensorflow's sigmoid takes several threads
for (const kind of kinds) {
  const [few, some, many] = times.map((at) => at[`softTopk, ${kind}`] ?? NaN);
  if (hasBound) {
    claim(`softTopk ÷ tf.sigmoid, n = 1e5, ${kind}`, {
      found: some / (times[1]['tf.sigmoid, forward only'] ?? NaN),
      unit: '×',
      atMost: 40,
    });
  }
  claim(`200 of Sinkhorn’s iterations ÷ softTopk, n = 1e5, ${kind}`, {
    found: (times[1]['200 of Sinkhorn’s iterations'] ?? NaN) / some,
    unit: '×',
    atLeast: 50,
  });
  claim(`time for each of 1e6 numbers ÷ for each of 1e4, ${kind}`, {
    found: many / few / 100,
    unit: '×',
    atMost: 2,
  });
}

// %% [markdown]
// ## The sum of the mask
//
// DFTopK (Zhu et al., 2025) takes the middle between the k-th and the (k+1)-th entry for θ, and stops there: it
// does without the sum, on purpose, and needs no search. Here that is where the search begins, or near it.

// %%
const middleOfCut = (x: tf.Tensor, temperature: number) => {
  const θ = topk(x, k + 1)
    .values.slice(k - 1)
    .mean();
  return x.sub(θ).div(temperature).sigmoid();
};
const temperatures = [0.01, 0.1, 1, 10];
const sums = temperatures.map((temperature) => [
  ...kinds.map((kind) => sum(softTopk(x, k, { temperature, kind }))),
  sum(middleOfCut(x, temperature)),
]);
show(
  formatTable([
    ['τ', ...kinds, 'DFTopK'],
    ...sums.map((row, i) => [String(temperatures[i]), ...row.map((Σm) => Σm.toFixed(4))]),
  ]),
);
const ofOurs = sums.flatMap((row) => row.slice(0, kinds.length));
claim('Σm ÷ k of softTopk differs from 1 by', {
  found: Math.max(...ofOurs.map((Σm) => Math.abs(Σm / k - 1))),
  atMost: 1e-5,
});
claim('Σm of DFTopK ÷ k, for τ = 1', { found: sums[2][kinds.length] / k, unit: '×', atLeast: 2 });

// %% [markdown]
// ## Masks against temperature
//
// Of 8 scores, k = 3. To the left each mask is that of top-k; to the right all entries come to k / n. clip is
// exactly 0 and 1 on the way.

// %%
const eight = [2.1, 1.6, 1.1, 0.9, 0.4, 0.1, -0.6, -1.4];
const steps = Array.from({ length: 61 }, (_, i) => 10 ** (-2 + i / 15));
const masks = Object.fromEntries(
  kinds.map((kind) => [
    kind,
    steps.map((temperature) => softTopk(eight, 3, { kind, temperature }).arraySync() as number[]),
  ]),
);
plot('masks of 8 scores against temperature, k = 3', masksAgainstTemperature(steps, masks, eight));
const coldest = kinds.map((kind) => masks[kind][0]);
claim('for τ = 0.01 the masks differ from that of top-k by', {
  found: Math.max(...coldest.flat().map((m, i) => Math.abs(m - (i % 8 < 3 ? 1 : 0)))),
  atMost: 1e-4,
});
