// %% [markdown]
// # What does the gradient of top-k cost?
//
// Forward, top-k reads n numbers. Backward, it has k numbers to put in their places among n zeros.
// Without a rule for TopK one would gather at the indices of top-k, whose gradient tfjs adds up
// entry by entry for each place of x: n · k steps on cpu. (On wasm it has no kernel for that at all.)

// %%
import * as tf from '@tensorflow/tfjs';
import { withStockRules } from './lib/stock.ts'; // before this package: it keeps tfjs's own rules
import { compareGradients, topk } from '../src/index.ts';
import { notebook } from '../src/notebook/notebook.ts';

void tf.setBackend('cpu');
const { show, claim } = notebook(__filename);

// %%
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
  claim(`n = ${String(size)}`, { found: memoryOfRule(size), unit: 'n', atMost: 2.1 });
}
