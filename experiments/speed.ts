// %% [markdown]
// # How fast is top-k, and its gradient?
//
// This package, tfjs as it comes, the one-hot formulation, and other frameworks, on the same numbers.
// They take turns: in every round each works on each task up to four times, each time for 50 ms to warm up,
// and then for as long, but at most 10 runs. Peers have a process of their own, and one turn of at most 40
// runs. PyTorch and JAX are kept on one core, TensorFlow is told to use one thread; cpu, wasm and jax-js have
// one. The limit of all is one pass over the data in memory.

// %%
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { speedChart } from './charts/speedChart.ts';
import { contenders, oneHot } from './bench/contenders.ts';
import { gradientTask, topkTask } from './bench/speedTasks.ts';
import type { Task } from './bench/inputs.ts';
import { machine } from './bench/machine.ts';
import { options } from './cli/options.ts';
import { peakBytes } from './bench/peakBytes.ts';
import { askPeer, findPeers } from './bench/askPeers.ts';
import { Samples } from './bench/Samples.ts';
import { sortedTopk } from './bench/sortedTopk.ts';
import { startProgress } from './cli/startProgress.ts';
import { timeRuns } from './bench/timeRuns.ts';
import { startedBackends } from './cli/useBackend.ts';
import { rowSparseGrads, topkLinear } from '../src/index.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import { saveFile } from './notebook/saveFile.ts';

const { quick = false, peers: needPeers = false, save = 'out' } = options();
const { show, claim, plot } = notebook(__filename, { save });
const peers = findPeers(needPeers);
const versions = peers.found.map(({ name, version }) => `${name} ${version}`);
const note = quick ? ['--quick: these times mean nothing, and are not judged'] : [];
show([machine(), ...versions, ...peers.missing, ...note].join('\n'));

// %% [markdown]
// ## Tasks
//
// Top-k of a million numbers in every order; of a vocabulary, of logits, of a router's scores; of ever
// more numbers, for the chart. And Σ topk(Wx)² with its gradient in W and x.

// %%
const [rounds, turns, seconds, n] = quick ? [1, 2, 0.001, 10_000] : [5, 4, 0.05, 1_000_000];
const k32 = topkTask(n, 32);
const orders = (['ascending', 'equal', 'few distinct', 'a quarter NaN'] as const).map((order) =>
  topkTask(n, 32, order),
);
orders.push(topkTask(n, 32, 'a quarter NaN', 'float32', 1, false)); // NaN comes last
const integers = (['random', 'ascending', 'equal'] as const).map((order) =>
  topkTask(n, 32, order, 'int32'),
);
const [k1024, rising1024] = [topkTask(n, 1024), topkTask(n, 1024, 'ascending')];
const tenth = topkTask(n, n / 10);
const vocabulary = topkTask(50_257, 50);
const [logits, router] = [
  topkTask(32_000, 50, 'random', 'float32', 64),
  topkTask(512, 8, 'random', 'float32', 1024),
];
const sweep = [1e3, 1e4, 1e5, 1e7].map((size) => topkTask(quick ? size / 100 + 40 : size, 32));
const rows = quick ? 64 : 1;
const gradients = [
  [32768, 768],
  [4096, 4096],
  [131072, 256],
].map(([n, d]) => gradientTask(n / rows, d));
const batch = gradientTask(16384 / rows, 512, 64);
const tasks = [
  ...sweep,
  k32,
  ...orders,
  ...integers,
  k1024,
  rising1024,
  tenth,
  vocabulary,
  logits,
  router,
  ...gradients,
  batch,
];

// %% [markdown]
// ## Runs
//
// What each finds is compared with a plain sort, or with the other gradients, before it is timed.

// %%
const samples = new Samples('this package, wasm');
const progress = startProgress(rounds * (tasks.length + peers.found.length));
for (let round = 0; round < rounds; round++) {
  for (const task of tasks) {
    if (round === 0 && task.work === 'topk')
      samples.compare(task, 'a plain sort', sortedTopk(task));
    tf.tidy(() => {
      const all = contenders(task).map((contender) => ({ ...contender, times: [] as number[] }));
      for (let turn = 0; turn < turns; turn++) {
        for (const { name, backend, run, find, times } of all) {
          void tf.setBackend(backend); // started already, so this takes effect at once
          if (round === 0 && turn === 0 && find) samples.compare(task, name, find());
          if (turn === 0 || times[0] < 1000 * seconds)
            times.push(...timeRuns(run, seconds / turns));
        }
      }
      for (const { name, times } of all) samples.add(task, name, times);
    });
    progress.increment();
  }
  for (const { name: peer } of peers.found) {
    for (const [task, name, { found, times }] of askPeer(peer, tasks, seconds)) {
      if (round === 0 && found.length > 0) samples.compare(task, name, found);
      samples.add(task, name, times);
    }
    progress.increment();
  }
}
progress.stop();
claim('results compared', { found: samples.compared, atLeast: 2 * tasks.length });
show(samples.different.join('\n') || 'none differs');
claim('results that differ', { found: samples.different.length, equals: 0 });

// %% [markdown]
// ## Times
//
// Medians, in ms, the fastest first. The ratios are medians of those of each round, since the machine may
// be faster or slower in the next.

// %%
for (const task of tasks) show(samples.table(task));

// %% [markdown]
// ## Figures
//
// How many times as long others take as this package, where they are there.

// %%
const compare = (task: Task, slower: string, atLeast: number, faster = 'this package, wasm') => {
  if (quick || !samples.has(task, slower) || !samples.has(task, faster)) return;
  const found = samples.ratio(task, slower, faster);
  claim(`${task.id}: ${slower} ÷ ${faster}`, { found, unit: '×', atLeast });
};
compare(k32, 'PyTorch', 10);
compare(k32, 'tfjs, wasm', 12);
compare(k32, 'PyTorch', 1.5, 'this package, cpu');
compare(k32, 'tfjs, cpu', 100, 'this package, cpu');
for (const task of [k1024, logits, router]) {
  for (const other of ['PyTorch', 'tfjs, wasm', 'tfjs, cpu']) compare(task, other, 1);
}
compare(vocabulary, 'tfjs, wasm', 2);
compare(vocabulary, 'PyTorch', 1);
compare(tenth, 'tfjs, wasm', 1);
for (const task of gradients) {
  compare(task, 'PyTorch', 3, 'row-sparse gradient, wasm');
  compare(task, 'PyTorch', 1.5, 'dense gradient, wasm');
  compare(task, 'tfjs, one-hot gradient, wasm', 8, 'dense gradient, wasm');
}

// %% [markdown]
// And how many times as long this package takes as what it cannot do without: one read of the data,
// its own random case, its own forward pass.

// %%
const bound = (statement: string, found: number, atMost: number) => {
  if (!quick && Number.isFinite(found)) claim(statement, { found, unit: '×', atMost });
};
for (const backend of ['wasm', 'cpu'].filter((name) => startedBackends.includes(name))) {
  const ours = `this package, ${backend}`;
  if (backend === 'wasm')
    bound(`${k32.id}: ÷ one read`, samples.ratio(k32, ours, 'one read of the data'), 2);
  const slowest = Math.max(...orders.map((task) => samples.median(task, ours)));
  bound(
    `the slowest of ${String(orders.length)} orders ÷ random, ${backend}`,
    slowest / samples.median(k32, ours),
    8,
  );
  bound(
    `${rising1024.id} ÷ random, ${backend}`,
    samples.median(rising1024, ours) / samples.median(k1024, ours),
    8,
  );
}
for (const task of [...gradients, batch]) {
  const backend = task === batch ? 'tensorflow' : 'wasm';
  const [alone, sparse] = [`topk(Wx) alone, ${backend}`, `row-sparse gradient, ${backend}`];
  if (!samples.has(task, alone)) continue;
  bound(
    `${task.id}: row-sparse gradient ÷ topk(Wx), ${backend}`,
    samples.ratio(task, sparse, alone),
    task === batch ? 1.2 : 1.15,
  );
}

// %% [markdown]
// ## Memory
//
// The most bytes of tensors that there are on the way to a gradient of W, beside W and x, as
// tfjs counts them; Wx itself, n numbers, comes and goes within a kernel. The result of the row-sparse one
// is 2k + d numbers.

// %%
void tf.setBackend(startedBackends.includes('wasm') ? 'wasm' : 'cpu');
const [W, x] = [tf.randomNormal([32768 / rows, 768]), tf.randomNormal([768])];
const squares = (values: tf.Tensor): tf.Scalar => values.square().sum();
const peaks = {
  'row-sparse gradient': peakBytes(
    () => rowSparseGrads(W, x, 32, squares) as object as tf.TensorContainerObject,
  ),
  'dense gradient': peakBytes(() =>
    tf.grads((W: tf.Tensor, x: tf.Tensor) => squares(topkLinear(W, x, 32).values))([W, x]),
  ),
  'tfjs, one-hot gradient': peakBytes(() => tf.grads(oneHot(32))([W, x])),
};
show(
  formatTable([
    ['', 'bytes'],
    ...Object.entries(peaks).map(([name, bytes]) => [name, String(bytes)]),
  ]),
);
const { dW } = rowSparseGrads(W, x, 32, squares);
const numbers = dW.indices.size + dW.coefficients.size + dW.x.size;
claim('numbers of the row-sparse gradient ÷ dense', {
  found: numbers / W.size,
  atMost: quick ? 0.1 : 1e-3,
});

// %% [markdown]
// ## Time against n

// %%
plot(
  'time against n, k = 32, with one read of the data as the limit',
  speedChart(samples, [...sweep.slice(0, 3), k32, sweep[3]]),
);
const about = { machine: machine(), versions, threads: 1, rounds, when: new Date().toISOString() };
saveFile(join(save, 'speed.json'), samples.json({ ...about, peaks }));
show(`all samples: ${join(save, 'speed.json')}`);
