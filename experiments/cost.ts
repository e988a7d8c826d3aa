// %% [markdown]
// # What do the gradient of top-k and its check cost?
//
// **The gradient costs one array of n numbers, and takes less than a hundredth of the time of the
// gradient through tf.gather; checking 4160 entries takes less than 3 s.** The forward pass reads n
// numbers. The backward pass writes k numbers into an array of n zeros. Without a gradient rule for
// TopK, one would gather the values at the indices of top-k. But the gradient of tf.gather in tfjs
// takes n · k steps on cpu, because for each entry of x it loops over all k indices. (On wasm it
// fails, for lack of a kernel.)

// %%
import * as tf from '@tensorflow/tfjs';
import { withStockRules } from './edgeCases/withStockRules.ts'; // before src/
import {
  checkGrads,
  compareGradients,
  installFastKernels,
  jacobian,
  selectionRadius,
  topk,
} from '../src/index.ts';
import { selectEachRow } from '../src/kernels/select/selectEachRow.ts';
import { machine } from './bench/machine.ts';
import { median } from './bench/median.ts';
import { raceRuns } from './bench/raceRuns.ts';
import { warmUp } from './bench/warmUp.ts';
import { options } from './cli/options.ts';
import { startedBackends } from './cli/useBackend.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';

void tf.setBackend('cpu');
const { show, claim } = notebook(__filename, options());

// %%
show(machine());
const [n, k] = [32768, 32];
const y = tf.randomNormal([n], 0, 1, 'float32', 1);
const { indices } = topk(y, k);
const throughTopk = () => tf.grad((y) => topk(y, k).values.sum())(y);
const throughGather = () => withStockRules(() => tf.grad((y) => tf.gather(y, indices).sum())(y));

// %%
const { maxUlps } = compareGradients(throughTopk(), throughGather());
claim('The gradients through topk and through tf.gather are the same', {
  found: maxUlps,
  unit: 'ULP apart',
  atMost: 0,
});

// %% [markdown]
// ## Time
//
// Each time includes the forward pass. After a warm-up the two take turns, and we report medians of
// 7 runs.

// %%
const milliseconds = (run: () => tf.Tensor) => {
  const start = performance.now();
  tf.dispose(run());
  return performance.now() - start;
};
for (let i = 0; i < 30; i++) milliseconds(throughTopk);
const times = Array.from({ length: 7 }, () => [throughTopk, throughGather].map(milliseconds));
const [ours, stock] = [0, 1].map((j) => median(times.map((t) => t[j])));
show(`topk: ${ours.toFixed(3)} ms, tf.gather of stock tfjs: ${stock.toFixed(1)} ms`);
claim('The gradient through tf.gather takes much longer than the gradient through topk', {
  found: stock / ours,
  unit: 'times as long',
  atLeast: 100,
});

// %% [markdown]
// ## Without WebAssembly
//
// Where a page forbids WebAssembly, `topk` on cpu selects by the engine's sort of integer keys. It must
// not be slower there than stock tfjs is. The fastest of 9 runs of each, in turn.

// %%
for (const [rows, n, k] of [
  [1, 100_000, 32],
  [1000, 10, 3],
  [1, 10_000, 10_000],
]) {
  const x = tf.randomNormal([rows, n], 0, 1, 'float32', 1);
  const data = x.dataSync<'float32'>();
  const { keys, stock } = raceRuns(
    { keys: () => selectEachRow(data, n, { k, sorted: true }), stock: () => tf.topk(x, k) },
    9,
  );
  const what = `top-k of [${String(rows)}, ${String(n)}], k = ${String(k)}`;
  claim(`Without WebAssembly, ${what}: stock tfjs takes no less time than this package`, {
    found: stock / keys,
    unit: 'times as long',
    atLeast: 1,
  });
}

// %% [markdown]
// ## In the place of tfjs's kernels
//
// `installFastKernels` must not leave a slower kernel in the place of a faster one, whatever the
// size: a call of few numbers costs what the call itself does. Medians of calls that take turns,
// once V8 has compiled them.

// %%
const sizes: [shape: number[], k: number][] = [
  [[4], 1],
  [[10], 3],
  [[64], 64],
  [[1000], 1],
  [[1000], 32],
  [[1000], 1000],
  [[100_000], 32],
  [[100_000], 50_000],
  [[1000, 4], 1],
  [[64, 1000], 10],
];
for (const backend of ['cpu', ...startedBackends.filter((name) => name === 'wasm')]) {
  void tf.setBackend(backend); // synchronous, because the backend was started before
  const shares = sizes.map(([shape, k]) => {
    const x = tf.randomNormal(shape, 0, 1, 'float32', 1);
    const time = () => {
      const start = performance.now();
      const { values, indices } = tf.topk(x, k);
      const end = performance.now();
      tf.dispose([values, indices]);
      return end - start;
    };
    const timeOurs = () => {
      const uninstall = installFastKernels();
      const duration = time();
      uninstall();
      return duration;
    };
    const pair = () => [timeOurs(), time()];
    warmUp(pair, 0.2);
    const rounds = Math.min(1000, Math.max(9, Math.round(200 / pair()[1]))); // 0.2 s or so
    const times = Array.from({ length: rounds }, pair);
    const [ours, stock] = [0, 1].map((j) => median(times.map((pair) => pair[j])));
    return { of: `[${shape.join(', ')}], k = ${String(k)}`, ours, stock };
  });
  show(
    formatTable([
      ['tf.topk of', 'installed, µs', 'stock, µs', 'share'],
      ...shares.map(({ of, ours, stock }) => [
        of,
        ...[1000 * ours, 1000 * stock].map((time) => time.toFixed(1)),
        (ours / stock).toFixed(2),
      ]),
    ]),
  );
  claim(`On ${backend}, installFastKernels makes tf.topk slower by more than 10 % at no size`, {
    found: Math.max(...shares.map(({ ours, stock }) => ours / stock)),
    unit: "times stock tfjs's time, at the worst",
    atMost: 1.1,
  });
}
void tf.setBackend('cpu');

// %% [markdown]
// ## Memory
//
// All tensors that the rule allocates, in units of n float32. The result itself is one unit, but
// tfjs counts it twice, because it counts a reshape as a copy. A one-hot matrix would take k = 32
// units.

// %%
const memoryOfRule = (n: number) => {
  const x = tf.randomNormal([n], 0, 1, 'float32', 1);
  const { values, indices } = topk(x, k);
  const rule = tf.getGradient('TopK');
  const before = tf.memory().numBytes;
  rule.gradFunc([tf.onesLike(values), tf.zerosLike(indices)], [x, values, indices], {}).x();
  return (tf.memory().numBytes - before) / (4 * n);
};
for (const size of [n, 2 * n, 32 * n]) {
  claim(`For n = ${String(size)}, the gradient rule allocates little more than its result`, {
    found: memoryOfRule(size),
    unit: 'times n float32',
    atMost: 2.1,
  });
}

// %% [markdown]
// ## Checking
//
// `checkGrads` checks every entry of the gradient of Σ topk(Wx)² in W, 64 × 64, and in x.
// `jacobian` computes the Jacobian of top-k for n = 1000 and k = 10. We report the fastest of 3
// runs.

// %%
const W = tf.randomNormal([64, 64], 0, 1, 'float32', 1);
const x = tf.randomNormal([64], 0, 1, 'float32', 2);
const squares = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), 8).values.square().sum();
const margin = (W: tf.Tensor, x: tf.Tensor) => {
  const { inW, inX } = selectionRadius(W, x, 8);
  return [inW, inX];
};
const fastestOf3 = (run: () => tf.Tensor) => Math.min(...[1, 2, 3].map(() => milliseconds(run)));
const timeOfCheck = fastestOf3(() => {
  const { entries, failures } = checkGrads(squares, [W, x], { order: 1, margin });
  return tf.tensor1d([entries, failures]);
});
claim('checkGrads checks 64 × 64 + 64 entries within 3 s', {
  found: timeOfCheck,
  unit: 'ms',
  atMost: 3000,
});

// %%
const thousand = tf.randomNormal([1000], 0, 1, 'float32', 3);
const timeOfJacobian = fastestOf3(() => jacobian((y: tf.Tensor) => topk(y, 10).values)(thousand));
claim('jacobian computes a 10 × 1000 Jacobian within 1 s', {
  found: timeOfJacobian,
  unit: 'ms',
  atMost: 1000,
});
