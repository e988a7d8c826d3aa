// %% [markdown]
// # What do the gradient of top-k and its check cost?
//
// Forward, top-k reads n numbers. Backward, it has k numbers to put in their places among n zeros.
// Without a rule for TopK one would gather at the indices of top-k, whose gradient tfjs adds up
// entry by entry for each place of x: n · k steps on cpu. (On wasm it has no kernel for that at all.)

// %%
import * as tf from '@tensorflow/tfjs';
import { withStockRules } from './edgeCases/stockRules.ts'; // before this package: it keeps tfjs's own rules
import { checkGrads, compareGradients, jacobian, selectionRadius, topk } from '../src/index.ts';
import { notebook } from './notebook/notebook.ts';
import { machine } from './bench/machine.ts';
import { options } from './cli/options.ts';

void tf.setBackend('cpu');
const { show, claim } = notebook(__filename, options());

// %%
show(machine());
const [n, k] = [32768, 32];
const y = tf.randomNormal([n], 0, 1, 'float32', 1);
const { indices } = topk(y, k);
const throughTopk = () => tf.grad((y) => topk(y, k).values.sum())(y);
const throughGather = () => withStockRules(() => tf.grad((y) => tf.gather(y, indices).sum())(y));

// %% [markdown]
// Both find the same gradient.

// %%
const { maxUlps } = compareGradients(throughTopk(), throughGather());
claim('top-k and gather give the same gradient', { found: maxUlps, unit: 'ULP', atMost: 0 });

// %% [markdown]
// ## Time
//
// Each with its forward pass. The runs take turns, after some to warm up; the figures are medians
// of 7.

// %%
const milliseconds = (run: () => tf.Tensor) => {
  const start = performance.now();
  tf.dispose(run());
  return performance.now() - start;
};
for (let i = 0; i < 30; i++) milliseconds(throughTopk);
const times = Array.from({ length: 7 }, () => [throughTopk, throughGather].map(milliseconds));
const [ours, stock] = [0, 1].map((j) => times.map((t) => t[j]).sort((a, b) => a - b)[3]);
show(`top-k ${ours.toFixed(3)} ms, tfjs's gather ${stock.toFixed(1)} ms`);
claim('tfjs takes longer by a factor', { found: stock / ours, atLeast: 100 });

// %% [markdown]
// ## Memory
//
// Everything that the rule makes, all kept at once, in units of n float32. The result, n float32,
// counts twice, because tfjs's statistics count its reshape as a copy. A one-hot matrix would be
// k = 32 units.

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
  claim(`memory of the rule for n = ${String(size)}, in units of n float32`, {
    found: memoryOfRule(size),
    atMost: 2.1,
  });
}

// %% [markdown]
// ## Checking it
//
// Every coordinate of the gradient of Σ topk(Wx)² in W, 64 × 64, and x, by `checkGrads`; and the
// Jacobian of top-k for n = 1000, k = 10. The least of 3 runs.

// %%
const W = tf.randomNormal([64, 64], 0, 1, 'float32', 1);
const x = tf.randomNormal([64], 0, 1, 'float32', 2);
const squares = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), 8).values.square().sum();
const margin = (W: tf.Tensor, x: tf.Tensor) => {
  const { inW, inX } = selectionRadius(W, x, 8);
  return [inW, inX];
};
const leastOf3 = (run: () => tf.Tensor) => Math.min(...[1, 2, 3].map(() => milliseconds(run)));
const timeOfCheck = leastOf3(() => {
  const { entries, failures } = checkGrads(squares, [W, x], { order: 1, margin });
  return tf.tensor1d([entries, failures]);
});
claim('checkGrads, 64 × 64 + 64 entries', { found: timeOfCheck, unit: 'ms', atMost: 3000 });

// %%
const thousand = tf.randomNormal([1000], 0, 1, 'float32', 3);
const timeOfJacobian = leastOf3(() => jacobian((y: tf.Tensor) => topk(y, 10).values)(thousand));
claim('jacobian, 10 × 1000', { found: timeOfJacobian, unit: 'ms', atMost: 1000 });
