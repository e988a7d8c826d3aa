// %% [markdown]
// # How fast are top-k and its gradient?
//
// **On one core, top-k of a million numbers on wasm takes at most twice as long as one read of them,
// and at most a tenth of PyTorch's time; the row-sparse gradient in W adds at most 15 % to topk(Wx).**
// This notebook compares this package with stock tfjs, with the one-hot formulation, and with other
// frameworks, all on the same inputs. In every round each contender has up to four turns at each
// task; a turn is about 12 ms of warm-up and as much of timed runs, at most 10. The other
// frameworks run in processes of their own and have one turn of at most 40 runs. Everything runs on
// one core: PyTorch and JAX are pinned to it, TensorFlow is configured to use one thread, and cpu,
// wasm and jax-js have only one. The lower bound for all is one pass over the data in memory.

// %%
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { rowSparseGrads, topkLinear } from '../src/index.ts';
import { askPeer } from './bench/askPeer.ts';
import { contenders } from './bench/contenders.ts';
import { findPeers } from './bench/findPeers.ts';
import { gradientTask } from './bench/gradientTask.ts';
import { machine } from './bench/machine.ts';
import { oneHotLoss } from './bench/oneHotLoss.ts';
import { peakBytes } from './bench/peakBytes.ts';
import { Samples } from './bench/Samples.ts';
import { sortedTopk } from './bench/sortedTopk.ts';
import type { Task } from './bench/Task.ts';
import { timeRuns } from './bench/timeRuns.ts';
import { topkTask } from './bench/topkTask.ts';
import { warmUp } from './bench/warmUp.ts';
import { speedChart } from './charts/speedChart.ts';
import { options } from './cli/options.ts';
import { startProgress } from './cli/startProgress.ts';
import { startedBackends } from './cli/useBackend.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import { saveFile } from './notebook/saveFile.ts';

const { quick = false, peers: arePeersRequired = false, save = 'out' } = options();
const { show, claim, plot } = notebook(__filename, { save });
const peers = findPeers(arePeersRequired);
const versions = peers.found.map(({ name, version }) => `${name} ${version}`);
const note = quick ? ['--quick: the times are meaningless, and are not judged'] : [];
show([machine(), ...versions, ...peers.missing, ...note].join('\n'));

// %% [markdown]
// ## Tasks
//
// Top-k of a million numbers in various orders ("against a sample" is ascending, but least where the
// kernel would sample the row, had it drawn another seed); of one vocabulary, of a batch of logits,
// and of a router's scores; of inputs of growing length, for the chart. Then Σ topk(Wx)² with its
// gradient in W and x.

// %%
const [rounds, turns, seconds, n] = quick ? [1, 2, 0.001, 10_000] : [5, 4, 0.05, 1_000_000];
const k32 = topkTask(n, 32);
const orders = (
  ['ascending', 'against a sample', 'equal', 'few distinct', 'a quarter NaN'] as const
).map((order) => topkTask(n, 32, order));
orders.push(topkTask(n, 32, 'a quarter NaN', 'float32', 1, false)); // NaN comes last
const integers = (['random', 'ascending', 'equal'] as const).map((order) =>
  topkTask(n, 32, order, 'int32'),
);
const [k1024, ascending1024] = [topkTask(n, 1024), topkTask(n, 1024, 'ascending')];
const tenth = topkTask(n, n / 10);
const vocabulary = topkTask(50_257, 50);
const logits = topkTask(32_000, 50, 'random', 'float32', quick ? 2 : 64);
const router = topkTask(512, 8, 'random', 'float32', quick ? 16 : 1024);
const sweep = [1e3, 1e4, 1e5, 1e7].map((size) => topkTask(quick ? size / 100 + 40 : size, 32));
const [thousand] = sweep;
const shrink = quick ? 64 : 1;
const gradients = [
  [32768, 768],
  [4096, 4096],
  [131072, 256],
].map(([n, d]) => gradientTask(n / shrink, d));
const batch = gradientTask(16384 / shrink, 512, 64);
const tasks = [
  ...sweep,
  k32,
  ...orders,
  ...integers,
  k1024,
  ascending1024,
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
// Before a contender is timed, its result is compared with that of a plain sort, or with the
// gradient of another contender.

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
          void tf.setBackend(backend); // synchronous, because the backend was started before
          if (round === 0 && turn === 0 && find) samples.compare(task, name, find());
          if (turn === 0) warmUp(run, round === 0 ? 4 * seconds : seconds);
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
claim('At every task, the results of several contenders were compared', {
  found: samples.compared,
  unit: 'results',
  atLeast: 2 * tasks.length,
});
show(`results that differ: ${samples.different.join('\n') || 'none'}`);
claim('All contenders have the same results', {
  found: samples.different.length,
  unit: 'results differ',
  equals: 0,
});

// %% [markdown]
// ## Times
//
// Medians in ms, fastest first. Each ratio is a median over rounds, because the machine may be
// faster in one round than in the next.

// %%
for (const task of tasks) show(samples.table(task));

// %% [markdown]
// ## Compared with other implementations
//
// How many times as long as this package the others take, where they are available.

// %%
const compare = (task: Task, slower: string, atLeast: number, faster = 'this package, wasm') => {
  if (quick || !samples.has(task, slower) || !samples.has(task, faster)) return;
  const times = atLeast < 1 ? `1 / ${String(1 / atLeast)} times` : `${String(atLeast)} times`;
  const condition = atLeast === 1 ? 'no less time than' : `at least ${times} as long as`;
  claim(`${task.id}: ${slower} takes ${condition} ${faster}`, {
    found: samples.ratio(task, slower, faster),
    unit: 'times as long',
    atLeast,
  });
};
compare(k32, 'PyTorch', 10);
compare(k32, 'tfjs, wasm', 12);
compare(k32, 'PyTorch', 1.5, 'this package, cpu');
compare(k32, 'tfjs, cpu', 100, 'this package, cpu');
for (const task of [k1024, logits, router]) {
  compare(task, 'PyTorch', task === k1024 ? 1 : 3);
  for (const other of ['tfjs, wasm', 'tfjs, cpu']) compare(task, other, 1);
}
compare(vocabulary, 'tfjs, wasm', 2);
compare(vocabulary, 'PyTorch', 1);
compare(tenth, 'tfjs, wasm', 1);
compare(tenth, 'PyTorch', 4);
compare(thousand, 'PyTorch', 1 / 1.3); // a call, of which the selection is a fifth
for (const task of gradients) {
  compare(task, 'PyTorch', 3, 'row-sparse gradient, wasm');
  compare(task, 'PyTorch', 1.5, 'dense gradient, wasm');
  compare(task, 'tfjs, one-hot gradient, wasm', 8, 'dense gradient, wasm');
}

// %% [markdown]
// ## Compared with lower bounds
//
// How many times as long this package takes as one read of the data, as its own time for random
// input, and as its own forward pass.

// %%
const bound = (sentence: string, found: number, atMost: number) => {
  if (!quick && Number.isFinite(found)) claim(sentence, { found, unit: 'times as long', atMost });
};
for (const backend of ['wasm', 'cpu'].filter((name) => startedBackends.includes(name))) {
  const ours = `this package, ${backend}`;
  if (backend === 'wasm') {
    const ratio = samples.ratio(k32, ours, 'one read of the data');
    bound(`${k32.id}: ${ours}, takes at most twice as long as one read of the data`, ratio, 2);
  }
  const slowest = Math.max(...orders.map((task) => samples.median(task, ours)));
  bound(
    `No other order takes more than 8 times as long as random input (${backend})`,
    slowest / samples.median(k32, ours),
    8,
  );
  bound(
    `For k = 1024, ascending input takes at most 8 times as long as random input (${backend})`,
    samples.median(ascending1024, ours) / samples.median(k1024, ours),
    8,
  );
}
for (const task of [k32, vocabulary, logits, router]) {
  if (!samples.has(task, 'this package, wasm') || !samples.has(task, 'this package, cpu')) continue;
  const ratio = samples.ratio(task, 'this package, cpu', 'this package, wasm');
  bound(`${task.id}: on cpu it takes at most 4 times as long as on wasm`, ratio, 4);
}
for (const task of [...gradients, batch]) {
  const backend = task === batch ? 'tensorflow' : 'wasm';
  const [alone, sparse] = [`topk(Wx) alone, ${backend}`, `row-sparse gradient, ${backend}`];
  if (!samples.has(task, alone)) continue;
  bound(
    `${task.id}: the row-sparse gradient takes little longer than topk(Wx) alone (${backend})`,
    samples.ratio(task, sparse, alone),
    task === batch ? 1.2 : 1.15,
  );
}

// %% [markdown]
// ## Memory
//
// The peak memory of tensors while the gradient in W is computed, in addition to W and x. tfjs
// measures it between kernels, so tensors that live only inside a kernel, such as Wx with its n
// numbers, do not count. The row-sparse gradient itself is 2k + d numbers.

// %%
void tf.setBackend(startedBackends.includes('wasm') ? 'wasm' : 'cpu');
const [W, x] = [tf.randomNormal([32768 / shrink, 768]), tf.randomNormal([768])];
const squares = (values: tf.Tensor): tf.Scalar => values.square().sum();
const peaks = {
  'row-sparse gradient': peakBytes(
    () => rowSparseGrads(W, x, 32, squares) as object as tf.TensorContainerObject,
  ),
  'dense gradient': peakBytes(() =>
    tf.grads((W: tf.Tensor, x: tf.Tensor) => squares(topkLinear(W, x, 32).values))([W, x]),
  ),
  'tfjs, one-hot gradient': peakBytes(() => tf.grads(oneHotLoss(32))([W, x])),
};
show(
  formatTable([
    ['', 'peak bytes'],
    ...Object.entries(peaks).map(([name, bytes]) => [name, String(bytes)]),
  ]),
);
const { dW } = rowSparseGrads(W, x, 32, squares);
const numbers = dW.indices.size + dW.coefficients.size + dW.x.size;
claim('The row-sparse gradient stores a small fraction of the numbers of the dense one', {
  found: numbers / W.size,
  unit: 'of the numbers',
  atMost: quick ? 0.1 : 1e-3,
});

// %% [markdown]
// ## Time against n

// %%
plot('Time against n for k = 32, with one read of the data as the lower bound', () =>
  speedChart(samples, [...sweep.slice(0, 3), k32, sweep[3]]),
);
const run = { machine: machine(), versions, threads: 1, rounds, when: new Date().toISOString() };
saveFile(join(save, 'speed.json'), samples.json({ ...run, peaks }));
show(`all samples: ${join(save, 'speed.json')}`);
