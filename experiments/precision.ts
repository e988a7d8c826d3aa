// %% [markdown]
// # How accurate is a gradient in float32?
//
// **Accurate enough: what separates the thread's two tables is the rounding of their inputs to 4
// decimals. A finite difference is less accurate, and wrong if its step crosses the margin.** The
// thread prints two tables of the same gradient that differ in the fourth decimal: can rounding
// explain this? And how accurate can a finite difference be, if a short step suffers from rounding
// and a long one selects other rows?

// %%
import * as tf from '@tensorflow/tfjs';
import {
  selectionMargin,
  selectionMatrix,
  selectionRadius,
  topk,
  topkDirectionalDerivative,
} from '../src/index.ts';
import { median } from './bench/median.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import { vCurve } from './charts/vCurve.ts';
import { options } from './cli/options.ts';
import thread from './thread.json';

const { show, claim, plot } = notebook(__filename, options());

// %%
const [W, x, k] = [tf.tensor2d(thread.W), tf.tensor1d(thread.x), thread.k];
const y = tf.dot(W, x);
const loss = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), k).values.square().sum();
const [dW, dx] = tf.grads(loss)([W, x]);
const { margin } = selectionMargin(y, k);
show(tf.scalar(margin));

// %% [markdown]
// ## The thread's two tables
//
// The thread computed W1.grad from W and x at full precision, and W2.grad from W and x as printed,
// with 4 decimals. The difference between the two tables, in units of the fourth decimal:

// %%
const differenceW = tf.sub(thread.printed['W1.grad'], thread.printed['W2.grad']);
show(tf.round(differenceW.mul(1e4)));

// %% [markdown]
// Each unrounded entry is within $ε = 0.00005$ of the printed one. To first order, this
// changes $yᵢ = wᵢ · x$ by at most $δᵢ = ε (‖wᵢ‖₁ + ‖x‖₁)$, and the entries of the gradients, for
// selected rows i, by
//
//   $$|Δ (2 yᵢ xⱼ)| ≤ 2 (δᵢ |xⱼ| + |yᵢ| ε),$$
//
//   $$|Δ Σᵢ 2 yᵢ Wᵢⱼ| ≤ Σᵢ 2 (δᵢ |Wᵢⱼ| + |yᵢ| ε).$$

// %%
const ε = 0.00005;
const column = (t: tf.Tensor) => tf.expandDims(t, 1);
const selected = column(tf.sum(selectionMatrix(topk(y, k).indices, 6), 0));
const δ = column(tf.add(tf.abs(W), tf.abs(x)).sum(1).mul(ε));
const fromY = column(tf.abs(y).mul(ε));
const boundW = tf.mul(δ, tf.abs(x)).add(fromY).mul(2).mul(selected);
const boundX = tf.mul(δ, tf.abs(W)).add(fromY).mul(2).mul(selected).sum(0);
show(boundW);

// %% [markdown]
// The bound covers the worst case. To see what is typical, we take 2000 samples: each entry of W
// and x is moved at random within ± ε, and the gradients are computed through top-k. The largest
// changes in dL/dW:

// %%
const SAMPLES = 2000;
let [maxChangeW, maxChangeX, reselected] = [tf.zerosLike(dW), tf.zerosLike(dx), 0];
for (let seed = 1; seed <= SAMPLES; seed++) {
  [maxChangeW, maxChangeX] = tf.tidy(() => {
    const W1 = tf.add(W, tf.randomUniform([6, 6], -ε, ε, 'float32', seed));
    const x1 = tf.add(x, tf.randomUniform([6], -ε, ε, 'float32', -seed));
    const [dW1, dx1] = tf.grads(loss)([W1, x1]);
    if (dW1.notEqual(0).notEqual(dW.notEqual(0)).any().dataSync()[0]) reselected++;
    return [
      tf.maximum(maxChangeW, tf.abs(dW1.sub(dW))),
      tf.maximum(maxChangeX, tf.abs(dx1.sub(dx))),
    ];
  });
}
show(maxChangeW);

// %%
const ratio = (a: tf.Tensor, b: tf.Tensor) => tf.divNoNan(a, b).max().dataSync()[0];
claim('No sample changes which rows are selected', { found: reselected, equals: 0 });
claim('No sample changes dL/dW by more than the bound', {
  found: ratio(maxChangeW, boundW),
  unit: 'of the bound',
  atMost: 1,
});
claim('No sample changes dL/dx by more than the bound', {
  found: ratio(maxChangeX, boundX),
  unit: 'of the bound',
  atMost: 1,
});

// %% [markdown]
// The printed tables are rounded too, which adds ε for each of them.

// %%
const tableX = tf.sub(thread.printed['x1.grad'], thread.printed['x2.grad']).abs();
const tableW = differenceW.abs();
const tableRatio = (table: tf.Tensor, bound: tf.Tensor) =>
  table
    .div(bound.add(2 * ε))
    .max()
    .dataSync()[0];
claim('W1.grad and W2.grad differ by no more than rounding can explain', {
  found: tableRatio(tableW, boundW),
  unit: 'of the bound',
  atMost: 1,
});
claim('x1.grad and x2.grad differ by no more than rounding can explain', {
  found: tableRatio(tableX, boundX),
  unit: 'of the bound',
  atMost: 1,
});

// %%
const countBeyond = (table: tf.Tensor, maxChange: tf.Tensor) =>
  table
    .sub(maxChange.add(2 * ε))
    .greater(0)
    .sum()
    .dataSync()[0];
claim('No entry of the two tables differs by more than the samples do', {
  found: countBeyond(tableW, maxChangeW) + countBeyond(tableX, maxChangeX),
  equals: 0,
});

// %% [markdown]
// So the two tables agree: they are gradients of the same function at two points that are equal to
// 4 decimals.

// %% [markdown]
// ## Finite differences: the V-curve and the wall
//
// The error of a central difference with step h has two parts: rounding, about $2⁻²⁴ |f| / h$,
// and truncation, $f‴ h² / 6$. On logarithmic axes their sum is a V. Top-k adds a wall: a step longer
// than the radius selects other rows, and the difference no longer approximates the derivative.
//
// We differentiate along the worst direction D in W: Σ v², which is a parabola and has no
// truncation error, and Σ v⁴.

// %%
const [i, j] = topk(y, k + 1)
  .indices.dataSync()
  .slice(-2);
const lift = tf.sub(tf.oneHot(j, 6), tf.oneHot(i, 6)).div(Math.SQRT2);
const D = tf.mul(column(lift), x).div(tf.norm(x));
const { inW } = selectionRadius(W, x, k);
const powers = [2, 4];
const f = (power: number) => (W: tf.Tensor) => {
  const squares = topk(tf.dot(W, x), k).values.square();
  return tf.sum(power === 2 ? squares : squares.square());
};

// %% [markdown]
// The rounding error varies from point to point, so each error is a median over 41 nearby points.

// %%
const STEPS = Array.from({ length: 20 }, (_, e) => 2 ** -e / 2);
const nearby = Array.from({ length: 41 }, (_, p) => (p - 20) * 1e-4);
const errors = powers.map((power) =>
  STEPS.map((h) =>
    median(
      nearby.map((s) =>
        tf.tidy(() => {
          const at = (t: number) => tf.add(W, tf.mul(D, s + t));
          const analytic = tf.grad(f(power))(at(0)).mul(D).sum().dataSync()[0];
          const [above, below] = [h, -h].map((t) => f(power)(at(t)).dataSync()[0]);
          return Math.abs((above - below) / (2 * h) - analytic);
        }),
      ),
    ),
  ),
);
const bar = (error: number) => '█'.repeat(Math.max(0, Math.round(Math.log2(error / 2 ** -21))));
const isLastBefore = (e: number) => STEPS[e] < inW && STEPS[e - 1] > inW;
const rows = STEPS.map((h, e) => [
  `2^${String(Math.log2(h))}`,
  ...errors.map((error) => error[e].toExponential(1)),
  bar(errors[1][e]) + (isLastBefore(e) ? `  ← last step before the wall at ${inW.toFixed(4)}` : ''),
]);
show(formatTable([['h', 'Σ v²', 'Σ v⁴', 'Σ v⁴ on a log₂ scale'], ...rows]));
plot(
  'The error of central differences against their step, with a wall where the selection changes',
  () => vCurve(STEPS, { 'Σ v²': errors[0], 'Σ v⁴': errors[1] }, inW),
);

// %% [markdown]
// Σ v² has no truncation error, so the longest step before the wall is the best one.

// %%
const last = STEPS.findIndex((_, e) => isLastBefore(e));
claim('For Σ v², the first step past the wall has a far larger error than the last one before it', {
  found: errors[0][last - 1] / errors[0][last],
  unit: 'times as large',
  atLeast: 1000,
});
claim('For Σ v², the longest step before the wall, 2⁻³, has the smallest error', {
  found: STEPS[errors[0].indexOf(Math.min(...errors[0]))],
  equals: STEPS[last],
});

// %% [markdown]
// For Σ v⁴, the sum of truncation and rounding, $f‴ h² / 6 + 2⁻²⁴ |f| / h$, is smallest at
//
//   $$h = ∛(3 · 2⁻²⁴ |f| / |f‴|).$$
//
// If $f‴ ≈ f / s³$ for a length scale s, this is about $∛2⁻²³ s = 0.005 s$.
// (`checkGrads` starts with a longer step, ⁵√2⁻²³ = 0.04 times the size of the entry, because it
// extrapolates from two steps. If the wall is nearer than twice this step, it starts with a shorter
// one.)

// %%
const slopes = topkDirectionalDerivative(y, k, tf.dot(D, x));
const v = topk(y, k).values;
const third = tf.sum(v.mul(slopes.square()).mul(slopes)).mul(24).dataSync()[0];
const predicted = Math.cbrt((3 * 2 ** -24 * f(4)(W).dataSync()[0]) / Math.abs(third));
const best = STEPS[errors[1].indexOf(Math.min(...errors[1]))];
show({ best, predicted });
claim('For Σ v⁴, the best step is within a factor of 2 of the predicted one', {
  found: Math.max(best / predicted, predicted / best),
  atMost: 2,
});
claim('For Σ v⁴, a quarter of the step leaves about a sixteenth of the truncation error', {
  found: errors[1][5] / errors[1][3],
  unit: 'of the error',
  atMost: 1 / 14,
});
