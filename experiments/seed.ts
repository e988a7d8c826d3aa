// %% [markdown]
// # Is the loss through topk(Wx) differentiable with respect to W?
//
// The forum thread takes y = Wx, v = topk(y) and loss = Σ v², and asks for dL/dW. It answers:
// top-k "is just a linear transformation", so yes. Nearly: top-k is *piecewise* linear. It
// multiplies y by a one-hot selection matrix Wk, but which matrix that is depends on y.
//
// In short: **yes, wherever the k-th and the (k+1)-th greatest entry of y differ.** Then dL/dW = (Wkᵀ 2v) xᵀ, at
// most k rows that are not zero. For the thread's numbers these two entries are 0.2709 apart.

// %%
import * as tf from '@tensorflow/tfjs';
import { compareGradients, selectionMargin, selectionMatrix, topk } from '../src/index.ts';
import { notebook } from './notebook/notebook.ts';
import { heatMaps } from './charts/heatMaps.ts';
import { numberLine } from './charts/numberLine.ts';
import { options } from './cli/options.ts';
import { question } from './cli/problem.ts';

const { W: rowsOfW, x: entriesOfX, k, printed } = question(options());
if (k === 0) void tf.setBackend('cpu'); // tfjs's sum of no entries on wasm is not 0
const { show, claim, plot } = notebook(__filename, options());

// %%
const x = tf.tensor1d(entriesOfX);
show(x);

// %%
const W = tf.tensor2d(rowsOfW);
show(W);

// %%
const y = tf.dot(W, x);
show(y);

// %%
show({ k });
const { values: v, indices } = topk(y, k);
show(v);

// %%
const loss1 = v.square().sum();
show(loss1);

// %% [markdown]
// ## Where the loss is differentiable
//
// As long as the k-th and the (k+1)-th entry of y do not change places, the same entries are
// selected. Their distance is the margin; with the thread's numbers it is 0.2709. Within half of
// it the selected entries may still change places among themselves, but Σ v² is the same in every
// order. So a positive margin makes this loss differentiable in W and x. At margin 0 there is a
// tie across the cut, and with it a kink in y, unless the tied value τ is 0: there the slope 2τ of
// Σ v² is 0 as well. (A margin that float32's rounding of y can explain decides nothing.)

// %%
const { margin, threshold } = selectionMargin(y, k);
show(tf.scalar(margin));
if (Number.isFinite(margin)) {
  plot(`the ${String(k)} greatest of y, and the margin`, numberLine(Array.from(y.dataSync()), k));
}

// %%
const termSizes = tf.abs(tf.mul(W, x)).sum(1);
const rounding = 2 ** -23 * x.size * termSizes.max().dataSync()[0]; // twice that of one yᵢ
if (threshold === 0) show('differentiable: a tie at zero, at most');
else if (margin > rounding) show('differentiable');
else if (margin > 0) show('not known: the margin is within the rounding of y');
else show('not differentiable in y: a tie at the cut');

// %% [markdown]
// ## The gradient through top-k
//
// TensorFlow.js alone stops at "gradient function not found for TopK". The rule that this package
// registers is dL/dy = Wkᵀ dL/dv: each entry of dL/dv goes back to the place its value came from.
// (At a tie that is the gradient of the selection made, one element of the Clarke subdifferential.)

// %%
const throughTopk = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), k).values.square().sum();
const [dW1, dx1] = tf.grads(throughTopk)([W, x]);
show(dW1);

// %%
show(dx1);

// %% [markdown]
// ## The same through an explicit selection matrix
//
// Row i of Wk is one-hot at the i-th index of top-k.

// %%
show(indices);

// %%
const Wk = selectionMatrix(indices, W.shape[0]);
show(Wk);

// %%
const v2 = tf.dot(Wk, tf.dot(W, x));
show(v2);

// %%
const loss2 = v2.square().sum();
show(loss2);

// %%
const throughWk = (W: tf.Tensor, x: tf.Tensor, Wk: tf.Tensor) =>
  tf.dot(Wk, tf.dot(W, x)).square().sum();
const [dW2, dx2, dWk] = tf.grads(throughWk)([W, x, Wk]);
show(dW2);

// %%
show(dx2);

// %% [markdown]
// Wk is a third, independent variable here, and its gradient is 2 v yᵀ. Top-k's rule has no such
// part, and rightly: Wk is piecewise constant in y, so that part of the chain rule is zero.

// %%
show(dWk);

// %% [markdown]
// ## Both formulations compared

// %%
const differenceW = compareGradients(dW1, dW2);
show(differenceW);
claim('both give the same dL/dW', { found: differenceW.maxUlps, unit: 'ULP', atMost: 4 });

// %%
if (Math.max(...W.shape) <= 12) {
  plot(
    'both dL/dW, and Wk, on one scale',
    heatMaps({ 'dL/dW through top-k': dW1, 'dL/dW through Wk': dW2, Wk }),
  );
}

// %%
const differenceX = compareGradients(dx1, dx2);
show(differenceX);
claim('both give the same dL/dx', { found: differenceX.maxUlps, unit: 'ULP', atMost: 4 });

// %%
const differenceWk = compareGradients(dWk, tf.mul(v2.mul(2).expandDims(1), y));
show(differenceWk);
claim('dL/dWk is 2 v yᵀ', { found: differenceWk.maxUlps, unit: 'ULP', atMost: 4 });

// %% [markdown]
// ## Answer
//
// dL/dW = (Wkᵀ 2v) xᵀ has at most k non-zero rows, one for each selected entry, and
// dL/dx = Wᵀ (Wkᵀ 2v). Where the margin is positive these are the derivatives of the loss, not
// because top-k is linear, but because it is linear in pieces, and y lies inside of one (or where
// selected entries tie, on a border that Σ v² does not see).

// %%
const nonZeroRows = dW1.notEqual(0).any(1).sum().dataSync()[0];
claim('dL/dW has at most k non-zero rows', { found: nonZeroRows, unit: 'rows', atMost: k });

// %%
if (!printed) process.exit(); // what follows is about the thread's numbers

// %% [markdown]
// ## The tables that the thread prints
//
// W2.grad and x2.grad were computed there from the same numbers as here, through Wk. Both of our
// formulations must agree with them in every printed decimal.

// %%
show(tf.tensor2d(printed['W2.grad']));

// %%
show(tf.tensor1d(printed['x2.grad']));

// %%
const equalEntries = (ours: tf.Tensor, table: number[]) =>
  table.filter((entry, i) => entry.toFixed(4) === ours.dataSync()[i].toFixed(4)).length;
const inW = [dW1, dW2].map((dW) => equalEntries(dW, printed['W2.grad'].flat()));
const inX = [dx1, dx2].map((dx) => equalEntries(dx, printed['x2.grad']));
claim('entries of dL/dW through top-k, and through Wk, as printed', {
  found: inW,
  equals: [36, 36],
});
claim('entries of dL/dx through top-k, and through Wk, as printed', { found: inX, equals: [6, 6] });
claim('the margin is 0.2709', { found: Number(margin.toFixed(4)), equals: 0.2709 });

// %% [markdown]
// W1.grad and x1.grad were computed from W and x before these were rounded to 4 decimals:
// y1[0] is 1.4699 there, and 1.4700 here.

// %%
show(tf.tensor2d(printed['W1.grad']));

// %%
show(tf.tensor1d(printed['x1.grad']));

// %% [markdown]
// How far can the rounding reach? Every true entry of W and x lies within ε = 0.00005 of the one
// printed. So each true yᵢ lies within δᵢ = ε (‖wᵢ‖₁ + ‖x‖₁) + d ε² of ours, where d is the length of
// x. If 2 max δ is less than the margin, the same rows are selected, and for these
//
//   2 yᵢ xⱼ, the entry of dL/dW, moves by at most 2 (δᵢ (|xⱼ| + ε) + |yᵢ| ε), and
//   Σᵢ 2 yᵢ Wᵢⱼ, that of dL/dx, by at most Σᵢ 2 (δᵢ (|Wᵢⱼ| + ε) + |yᵢ| ε).
//
// The printed gradients are rounded, too, which adds another ε. (float32's own rounding is 500
// times smaller than ε, and left out.)

// %%
const eps = 0.00005;
const rowSums = tf.add(tf.abs(W), tf.abs(x)).sum(1); // ‖wᵢ‖₁ + ‖x‖₁
const delta = rowSums.mul(eps).add(x.size * eps ** 2);
const moved = 2 * delta.max().dataSync()[0];
claim('rounding cannot change the selection: 2 max δ', { found: moved, atMost: margin });

// %%
const column = (t: tf.Tensor) => t.expandDims(1);
const yTerm = column(tf.abs(y).mul(eps));
const isSelected = column(Wk.sum(0));
const wTerms = column(delta).mul(tf.abs(x).add(eps)).add(yTerm).mul(2).mul(isSelected);
const wBound = wTerms.add(eps);
show(wBound);

// %%
const xTerms = column(delta).mul(tf.abs(W).add(eps)).add(yTerm).mul(2).mul(isSelected);
const xBound = xTerms.sum(0).add(eps);
show(xBound);

// %% [markdown]
// The differences between the printed tables and ours, as shares of these bounds:

// %%
const wShare = tf.sub(printed['W1.grad'], dW1).abs().div(wBound);
const wGreatest = wShare.max().dataSync()[0];
show(wShare);
claim('W1.grad lies within its bound', { found: wGreatest, unit: 'of the bound', atMost: 1 });

// %%
const xShare = tf.sub(printed['x1.grad'], dx1).abs().div(xBound);
const xGreatest = xShare.max().dataSync()[0];
show(xShare);
claim('x1.grad lies within its bound', { found: xGreatest, unit: 'of the bound', atMost: 1 });
