// %% [markdown]
// # Relaxed masks, where the gradient of top-k is not enough
//
// **The mask of top-k, of zeros and ones, learns nothing; the relaxed mask of softTopk finds the
// right features.** The gradient of top-k reaches only the selected entries, and that of its mask is
// zero everywhere. `softTopk` relaxes the mask to
//
//   $$m = F((x − θ) / τ),$$
//
// where θ is chosen such that $Σm = k$.

// %%
import * as tf from '@tensorflow/tfjs';
import { selectionMatrix, softTopk, straightThroughTopk, topk } from '../src/index.ts';
import { machine } from './bench/machine.ts';
import { median } from './bench/median.ts';
import { timeRuns } from './bench/timeRuns.ts';
import { masksAgainstTemperature } from './charts/masksAgainstTemperature.ts';
import { options } from './cli/options.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';

const { quick = false } = options();
const { show, claim, plot } = notebook(__filename, options());
const kinds = ['logistic', 'laplace', 'clip'] as const;

// %% [markdown]
// ## Which features does y depend on?
//
// y = Xw depends on 3 of 10 features. The weights w are given, and the task is to find these 3
// features: each has a score, m is a mask of the 3 highest scores, and X (m ⊙ w) should approximate
// y. All scores start at 0, and Adam minimizes the squared error.

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
const ascending = (indices: number[]) => indices.sort((i, j) => i - j);
const sum = (mask: tf.Tensor) => mask.dataSync<'float32'>().reduce((a, b) => a + b, 0);

// %% [markdown]
// First with the hard mask of top-k. Its gradient is zero everywhere. (The term 0 · scores is
// needed because tfjs refuses to differentiate with respect to a variable that the loss does not
// use.)

// %%
const hard = (scores: tf.Tensor) => {
  const P = selectionMatrix(topk(scores, 3).indices, 10);
  return P.sum(0).add(scores.mul(0));
};
const unmoved = learn(hard);
claim('With the hard mask, no score changes', {
  found: unmoved.notEqual(0).sum().dataSync()[0],
  equals: 0,
});
claim('The hard mask therefore keeps the features 0, 1, 2 that it started with', {
  found: best3(unmoved),
  equals: [0, 1, 2],
});

// %% [markdown]
// Then with the relaxed mask of each kind, and with `straightThroughTopk`, the hard mask with the
// gradient of the relaxed one.

// %%
show(learn((scores) => softTopk(scores, 3)));
for (const kind of kinds) {
  claim(`softTopk of kind ${kind} finds the features 7, 1, 3, in the order of their |weights|`, {
    found: best3(learn((scores) => softTopk(scores, 3, { kind }))),
    equals: [7, 1, 3],
  });
}
claim('straightThroughTopk finds the features 1, 3, 7', {
  found: ascending(best3(learn((scores) => straightThroughTopk(scores, 3)))),
  equals: [1, 3, 7],
});

// %% [markdown]
// Any differentiable mask would find them, even a separate sigmoid for each score. But sigmoids may
// keep any number of features, and irrelevant features keep a mask value of about one half:

// %%
const separate = learn((scores) => tf.sigmoid(scores));
claim('Separate sigmoids find the features 1, 3, 7, too', {
  found: ascending(best3(separate)),
  equals: [1, 3, 7],
});
claim('The mask of sigmoids sums to more than k = 3', {
  found: sum(tf.sigmoid(separate)),
  atLeast: 4,
});
claim('The mask of softTopk sums to k = 3', {
  found: sum(softTopk(separate, 3)),
  atMost: 3 * (1 + 1e-5),
});

// %% [markdown]
// ## Sinkhorn iterations converge to a sigmoid
//
// SOFT top-k (Xie et al., 2020) transports a mass of 1/n from each entry to two anchors: k/n to the
// anchor at 1 and the rest to the anchor at 0, at cost (xᵢ − anchor)² and with entropy weight ε.
// The mass that arrives at 1, times n, is the mask. It is the sigmoid mask with $τ = ε / 2$, because
// only the difference of the costs matters, $(xᵢ − 1)² − xᵢ² = 1 − 2xᵢ$.

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
const maxDifference = (x: tf.Tensor, τ: number, iterations?: number) => {
  const difference = softTopk(x, k, { temperature: τ }).sub(sinkhorn(x, k, 2 * τ, iterations));
  return difference.abs().max().dataSync()[0];
};
claim('The masks of softTopk and of 200 Sinkhorn iterations are the same', {
  found: maxDifference(x, τ),
  unit: 'apart',
  atMost: 1e-5,
});

// %% [markdown]
// ## Time
//
// Forward and backward pass, in ms: medians of runs that take turns. The gradient of Sinkhorn goes
// back through all its iterations, which are 200, or as few as bring its mask within 1e-5 of
// softTopk's.

// %%
show(machine());
const sizes = quick ? [1e2, 1e3, 1e4] : [1e4, 1e5, 1e6];
const middle = sizes[1];
let enough = 1;
while (maxDifference(tf.randomNormal([middle], 0, 1, 'float32', 3), 1, enough) > 1e-5) enough++;
claim('Fewer than 200 Sinkhorn iterations would be enough', {
  found: enough,
  unit: 'iterations',
  atMost: 200,
});

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
  'Sinkhorn, 200 iterations': gradientOf((x) => sinkhorn(x, k, 2)),
  'Sinkhorn, enough iterations': gradientOf((x) => sinkhorn(x, k, 2, enough)),
};
type Name = keyof typeof contenders;
const times = sizes.map((n) => {
  const x = tf.randomNormal([n], 0, 1, 'float32', 3);
  const names = Object.entries(contenders).filter(
    ([name]) => n === middle || name.startsWith('softTopk'),
  );
  const [rounds, seconds] = quick ? [[1], 0.001] : [[1, 2, 3], 0.2];
  const samples = rounds.map(() => names.map(([, run]) => timeRuns(run(x), seconds)));
  const medians = names.map(([name], i) => [name, median(samples.flatMap((round) => round[i]))]);
  return Object.fromEntries(medians) as Partial<Record<Name, number>>;
});
show(
  formatTable([
    [`k = ${String(k)}, ms`, ...sizes.map((n) => `n = ${n.toExponential(0)}`)],
    ...(Object.keys(contenders) as Name[]).map((name) => [
      name,
      ...times.map((at) => at[name]?.toPrecision(3) ?? ''),
    ]),
  ]),
);

// %%
const [small, large] = [0, 2].map((i) => times[i]);
const time = (name: Name, at = times[1]) => at[name] ?? NaN;
const isBounded = ['cpu', 'wasm'].includes(tf.getBackend()); // tensorflow has several threads
if (quick) show('--quick: the times are not judged');
for (const kind of quick ? [] : kinds) {
  const name = `softTopk, ${kind}` as const;
  if (isBounded) {
    claim(
      `softTopk of kind ${kind} and its gradient cost at most 40 calls of tf.sigmoid (n = 1e5)`,
      {
        found: time(name) / time('tf.sigmoid, forward only'),
        unit: 'times as long',
        atMost: 40,
      },
    );
  }
  claim(`200 Sinkhorn iterations take much longer than softTopk of kind ${kind} (n = 1e5)`, {
    found: time('Sinkhorn, 200 iterations') / time(name),
    unit: 'times as long',
    atLeast: 50,
  });
  claim(`softTopk of kind ${kind} takes time linear in n, from n = 1e4 to 1e6`, {
    found: time(name, large) / time(name, small) / 100,
    unit: 'times as long per entry',
    atMost: 2,
  });
}

// %% [markdown]
// ## The sum of the mask
//
// DFTopK (Zhu et al., 2025) sets θ to the mean of the k-th and the (k+1)-th largest entry. It gives
// up the condition Σm = k on purpose, and so needs no search. `softTopk` starts its search near
// that θ.

// %%
const dfTopk = (x: tf.Tensor, temperature: number) => {
  const θ = topk(x, k + 1)
    .values.slice(k - 1)
    .mean();
  return x.sub(θ).div(temperature).sigmoid();
};
const temperatures = [0.01, 0.1, 1, 10];
const sums = temperatures.map((temperature) => [
  ...kinds.map((kind) => sum(softTopk(x, k, { temperature, kind }))),
  sum(dfTopk(x, temperature)),
]);
show(
  formatTable([
    ['τ', ...kinds, 'DFTopK'],
    ...sums.map((row, i) => [String(temperatures[i]), ...row.map((Σm) => Σm.toFixed(4))]),
  ]),
);
const ofSoftTopk = sums.flatMap((row) => row.slice(0, kinds.length));
claim('The masks of softTopk sum to k at every temperature', {
  found: Math.max(...ofSoftTopk.map((Σm) => Math.abs(Σm / k - 1))),
  unit: 'relative error',
  atMost: 1e-5,
});
claim('For τ = 1, the mask of DFTopK sums to far more than k', {
  found: sums[2][kinds.length] / k,
  unit: 'times k',
  atLeast: 2,
});

// %% [markdown]
// ## Masks against temperature
//
// 8 scores, with k = 3. At low temperatures each mask is that of top-k; at high temperatures every
// entry approaches k / n. The kind clip reaches 0 and 1 exactly at positive temperatures.

// %%
const eight = [2.1, 1.6, 1.1, 0.9, 0.4, 0.1, -0.6, -1.4];
const steps = Array.from({ length: 61 }, (_, i) => 10 ** (-2 + i / 15));
const masks = Object.fromEntries(
  kinds.map((kind) => [
    kind,
    steps.map((temperature) => softTopk(eight, 3, { kind, temperature }).arraySync() as number[]),
  ]),
);
plot('Masks of 8 scores against the temperature, k = 3', () =>
  masksAgainstTemperature(steps, masks, eight),
);
const coldest = kinds.map((kind) => masks[kind][0]);
claim('For τ = 0.01, every mask equals that of top-k', {
  found: Math.max(...coldest.flat().map((m, i) => Math.abs(m - (i % 8 < 3 ? 1 : 0)))),
  unit: 'apart',
  atMost: 1e-4,
});
