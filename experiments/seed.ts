// %% [markdown]
// # Is the loss through topk(Wx) differentiable with respect to W?
//
// The forum thread takes y = Wx, v = topk(y) and loss = Σ v², and asks for dL/dW. It answers:
// top-k "is just a linear transformation", so yes. Nearly: top-k is *piecewise* linear. It
// multiplies y by a one-hot selection matrix Wk, but which matrix that is depends on y.

// %%
import * as tf from '@tensorflow/tfjs';
import { compareGradients, selectionMargin, selectionMatrix, topk } from '../src/index.ts';
import { notebook } from '../src/notebook/notebook.ts';
import { options } from './lib/options.ts';
import { question } from './lib/question.ts';

const { W: rowsOfW, x: entriesOfX, k, printed } = question(options());
const { show, claim } = notebook(__filename);

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
const { values: v, indices } = topk(y, k);
show(v);

// %%
const loss1 = v.square().sum();
show(loss1);

// %% [markdown]
// ## Where top-k is linear
//
// The selection stays the same as long as the k-th and the (k+1)-th entry of y do not change
// places. Their distance is the margin: where it is positive, the loss is differentiable. At
// margin 0 they tie; then the loss has a kink, unless the tied value τ is 0, because Σ v² is
// flat there (its slope is 2τ). With the thread's numbers the margin is 0.2709.

// %%
const { margin, threshold } = selectionMargin(y, k);
show(margin.toFixed(4));

// %%
const isDifferentiable = margin > 0 || threshold === 0;
show(isDifferentiable ? 'differentiable here' : 'not differentiable here: a tie at the cut');

// %% [markdown]
// ## The gradient through top-k
//
// TensorFlow.js alone stops at "gradient function not found for TopK". The rule that this package
// registers is dL/dy = Wkᵀ dL/dv: each entry of dL/dv goes back to the place its value came from.
// (At a tie that is the gradient of the selection made: one of several subgradients.)

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
// Wk is a constant here, so it has a gradient of its own, 2 v yᵀ. Top-k's rule leaves it out, and
// rightly: where the margin is positive, a small change of y does not change Wk at all.

// %%
show(dWk);

// %% [markdown]
// ## Both formulations compared

// %%
const differenceW = compareGradients(dW1, dW2);
show(differenceW);
claim('both give the same dL/dW', { found: differenceW.maxUlps, unit: 'ULP', atMost: 4 });

// %%
const differenceX = compareGradients(dx1, dx2);
show(differenceX);
claim('both give the same dL/dx', { found: differenceX.maxUlps, unit: 'ULP', atMost: 4 });

// %%
const differenceWk = compareGradients(dWk, tf.mul(v2.mul(2).expandDims(1), y));
show(differenceWk);
claim('dL/dWk is 2 v yᵀ', { found: differenceWk.maxUlps, unit: 'ULP', atMost: 4 });

// %%
if (!printed) process.exit(); // other numbers than the thread's end here

// %% [markdown]
// ## The tables that the thread prints
//
// W2.grad and x2.grad were computed there from the same numbers as here. They must agree in every
// printed decimal.

// %%
const equalEntries = (ours: tf.Tensor, table: number[]) =>
  table.filter((entry, i) => entry.toFixed(4) === ours.dataSync()[i].toFixed(4)).length;
const equalInW = equalEntries(dW1, printed['W2.grad'].flat());
const equalInX = equalEntries(dx1, printed['x2.grad']);
claim('W2.grad equals the printed table', { found: equalInW, unit: 'entries', equals: 36 });
claim('x2.grad equals the printed table', { found: equalInX, unit: 'entries', equals: 6 });
claim('the margin is 0.2709', { found: Number(margin.toFixed(4)), equals: 0.2709 });

// %% [markdown]
// W1.grad and x1.grad were computed from W and x before they were rounded to 4 decimals, so the
// true inputs lie within ε = 0.00005 of the printed ones, and so do the printed gradients of the
// true gradients. Then yᵢ is within δᵢ = ε (‖wᵢ‖₁ + ‖x‖₁) + d ε² of ours (which cannot change the
// selection while 2 max δ < margin), and for the selected rows
//
//   dL/dWᵢⱼ = 2 yᵢ xⱼ     is within 2 (δᵢ (|xⱼ| + ε) + |yᵢ| ε) + ε of the printed entry,
//   dL/dxⱼ = Σᵢ 2 yᵢ Wᵢⱼ  is within Σᵢ 2 (δᵢ (|Wᵢⱼ| + ε) + |yᵢ| ε) + ε.

// %%
const eps = 0.00005;
const column = (t: tf.Tensor) => t.expandDims(1);
const rowSums = tf.add(tf.abs(W), tf.abs(x)).sum(1); // ‖wᵢ‖₁ + ‖x‖₁
const delta = rowSums.mul(eps).add(x.size * eps ** 2);
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
// The differences from the printed tables, as shares of these bounds:

// %%
const wShare = tf.sub(printed['W1.grad'], dW1).abs().div(wBound);
const inW = wShare.max().dataSync()[0];
show(wShare);
claim('W1.grad lies within its bound', { found: inW, unit: 'of the bound', atMost: 1 });

// %%
const xShare = tf.sub(printed['x1.grad'], dx1).abs().div(xBound);
const inX = xShare.max().dataSync()[0];
show(xShare);
claim('x1.grad lies within its bound', { found: inX, unit: 'of the bound', atMost: 1 });

// %%
const moved = 2 * delta.max().dataSync()[0];
claim('rounding cannot change the selection: 2 max δ', { found: moved, atMost: margin });

// %% [markdown]
// ## Answer
//
// Yes, the loss is differentiable with respect to W here, and dL/dW = (Wkᵀ 2v) xᵀ: k non-zero rows,
// one for each selected entry. The reason is not that top-k is linear but that it is linear *near
// these y*, as far as the margin reaches.
