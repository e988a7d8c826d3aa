// %% [markdown]
// # How exact is a gradient in float32?
//
// Two questions of rounding. The thread prints two tables for one gradient, which differ in the
// fourth decimal: is that rounding? And how near can a finite difference come to a gradient, when
// float32 pulls at it from one side, and the margin stands on the other?

// %%
import * as tf from '@tensorflow/tfjs';
import {
  selectionMargin,
  selectionMatrix,
  selectionRadius,
  topk,
  topkDirectionalDerivative,
} from '../src/index.ts';
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
// W1.grad was computed from W and x as they were, W2.grad from what was printed of them, 4 decimals.
// Their difference, in units of the fourth:

// %%
const differenceW = tf.sub(thread.printed['W1.grad'], thread.printed['W2.grad']);
show(tf.round(differenceW.mul(1e4)));

// %% [markdown]
// Each true entry lies within ε = 0.00005 of the printed one. To first order yᵢ = wᵢ · x moves by at
// most δᵢ = ε (‖wᵢ‖₁ + ‖x‖₁), and the entries of the gradients by
//
//   |Δ 2yᵢxⱼ| ≤ 2 (δᵢ |xⱼ| + |yᵢ| ε)   and   |Δ Σᵢ 2yᵢWᵢⱼ| ≤ Σᵢ 2 (δᵢ |Wᵢⱼ| + |yᵢ| ε),  i selected.

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
// A bound says what is possible. What is likely says a sample: 2000 times W and x, each entry
// moved at random within ± ε, and through top-k to the gradients.

// %%
const SAMPLES = 2000;
let [movedW, movedX, changes] = [tf.zerosLike(dW), tf.zerosLike(dx), 0];
for (let seed = 1; seed <= SAMPLES; seed++) {
  [movedW, movedX] = tf.tidy(() => {
    const W1 = tf.add(W, tf.randomUniform([6, 6], -ε, ε, 'float32', seed));
    const x1 = tf.add(x, tf.randomUniform([6], -ε, ε, 'float32', -seed));
    const [dW1, dx1] = tf.grads(loss)([W1, x1]);
    if (dW1.notEqual(0).notEqual(dW.notEqual(0)).any().dataSync()[0]) changes++;
    return [tf.maximum(movedW, tf.abs(dW1.sub(dW))), tf.maximum(movedX, tf.abs(dx1.sub(dx)))];
  });
}
show(movedW);

// %%
const ratio = (a: tf.Tensor, b: tf.Tensor) => tf.divNoNan(a, b).max().dataSync()[0];
claim('samples in which other rows are selected', { found: changes, equals: 0 });
claim('the greatest of the sample, W.grad', {
  found: ratio(movedW, boundW),
  unit: 'of the bound',
  atMost: 1,
});
claim('the greatest of the sample, x.grad', {
  found: ratio(movedX, boundX),
  unit: 'of the bound',
  atMost: 1,
});

// %% [markdown]
// The thread's tables are rounded too, which adds ε for each. What they differ by:

// %%
const tableX = tf.sub(thread.printed['x1.grad'], thread.printed['x2.grad']).abs();
const tableW = differenceW.abs();
const share = (table: tf.Tensor, bound: tf.Tensor) =>
  table
    .div(bound.add(2 * ε))
    .max()
    .dataSync()[0];
claim('W1.grad − W2.grad', { found: share(tableW, boundW), unit: 'of the bound', atMost: 1 });
claim('x1.grad − x2.grad', { found: share(tableX, boundX), unit: 'of the bound', atMost: 1 });

// %%
const beyond = (table: tf.Tensor, moved: tf.Tensor) =>
  table
    .sub(moved.add(2 * ε))
    .greater(0)
    .sum()
    .dataSync()[0];
claim('entries of both tables that differ by more than any sample', {
  found: beyond(tableW, movedW) + beyond(tableX, movedX),
  equals: 0,
});

// %% [markdown]
// So the tables agree: they are gradients of the same function at points that print alike.

// %% [markdown]
// ## Finite differences: the V-curve, and the wall
//
// A central difference of step h errs by rounding, about 2⁻²⁴ |f| / h, which grows as h shrinks, and
// by truncation, f‴ h² / 6, which grows with h: a V. With top-k there is a third thing. A step beyond
// the radius selects other rows, and the difference is no derivative any more.
//
// Along the worst direction D in W, for Σ v² (a parabola: no truncation at all) and for Σ v⁴:

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
// Rounding differs from point to point, so each error is the median of 41 points close by.

// %%
const STEPS = Array.from({ length: 20 }, (_, e) => 2 ** -e / 2);
const nearby = Array.from({ length: 41 }, (_, p) => (p - 20) * 1e-4);
const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
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
  bar(errors[1][e]) + (isLastBefore(e) ? `  ← the wall is above, at ${inW.toFixed(4)}` : ''),
]);
show(formatTable([['h', 'Σ v²', 'Σ v⁴', 'log₂ of the error of Σ v⁴'], ...rows]));
plot(
  'the error of central differences against their step, and the margin as a wall',
  vCurve(STEPS, { 'Σ v²': errors[0], 'Σ v⁴': errors[1] }, inW),
);

// %% [markdown]
// For Σ v², whose differences have no truncation, the longest step is the best, up to the wall:

// %%
const last = STEPS.findIndex((_, e) => isLastBefore(e));
claim('Σ v²: the step beyond the wall errs more than the one before it, by a factor', {
  found: errors[0][last - 1] / errors[0][last],
  atLeast: 1000,
});
claim('Σ v²: the longest step before the wall has the least error', {
  found: STEPS[errors[0].indexOf(Math.min(...errors[0]))],
  equals: STEPS[last],
});

// %% [markdown]
// For Σ v⁴ truncation and rounding, f‴ h² / 6 + 2⁻²⁴ |f| / h, are least together at
// h = ∛(3 · 2⁻²⁴ |f| / |f‴|). Where f‴ is f over the cube of a size, that is about ∛2⁻²³ = 0.005 of this
// size. (`checkGrads` begins with a longer step, ⁵√2⁻²³ = 0.04 of the size of an entry, since it
// extrapolates where two steps differ, and with less where the wall is nearer than twice that.)

// %%
const slopes = topkDirectionalDerivative(y, k, tf.dot(D, x));
const v = topk(y, k).values;
const third = tf.sum(v.mul(slopes.square()).mul(slopes)).mul(24).dataSync()[0];
const predicted = Math.cbrt((3 * 2 ** -24 * f(4)(W).dataSync()[0]) / Math.abs(third));
const best = STEPS[errors[1].indexOf(Math.min(...errors[1]))];
show({ best, predicted });
claim('Σ v⁴: the best step is the predicted one, up to a factor', {
  found: Math.max(best / predicted, predicted / best),
  atMost: 2,
});
claim('Σ v⁴: a quarter of the step has this part of the truncation', {
  found: errors[1][5] / errors[1][3],
  atMost: 1 / 14,
});
