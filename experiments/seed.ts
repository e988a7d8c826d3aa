// %% [markdown]
// # Is the loss Σ topk(Wx)² differentiable with respect to W?
//
// **Yes, if and only if the margin is positive, or $τ = 0$, or $x = 0$; so
// almost everywhere.** The gradient is
//
//   $$∇L(W) = 2 (PᵀP y) xᵀ,$$
//
// with at most $k$ non-zero rows. Here $y = Wx$, $τ$ is its $k$-th largest entry, the
// margin is $τ$ less the next largest, and the rows of $P$ are one-hot at the $k$
// largest. For the numbers as typed, in exact arithmetic:

// %%
import * as tf from '@tensorflow/tfjs';
import { options } from './cli/options.ts';
import { problem } from './cli/problem.ts';
import { certify } from './exact/certify.ts';
import { describe } from './exact/describe.ts';
import { notebook } from './notebook/notebook.ts';

const { W: rowsOfW, x: entriesOfX, k, printed, typed } = problem(options());
if (k === 0) void tf.setBackend('cpu'); // on wasm, tfjs's sum of an empty tensor is not 0
const { show, claim, plot, answer } = notebook(__filename, options());
const certificate = certify({ ...typed, k });
answer(describe(certificate));

// %% [markdown]
// ## Step by step
//
// A forum thread asks for dL/dW, where $y = Wx$, $v$ = topk(y) and $L = Σ v²$. Its answer: yes, the
// loss is differentiable, because top-k "is just a linear transformation". That is almost right.
// Top-k is *piecewise* linear: it multiplies y by a one-hot selection matrix, the $P$ above and Wk
// below, which depends on y.

// %%
import { compareGradients, selectionMargin, selectionMatrix, topk } from '../src/index.ts';
import { heatMaps } from './charts/heatMaps.ts';
import { numberLine } from './charts/numberLine.ts';
import { formatFraction, toNumber } from './exact/formatFraction.ts';
import type { Fraction } from './exact/Fraction.ts';
import { formatRows } from './exact/formatRows.ts';
import type { Decision } from './exact/types.ts';
import { formatTable } from './notebook/formatTable.ts';

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
// ## The margin
//
// While every entry of y moves by less than half the margin, the selected entries can only be
// reordered, and Σ v² does not depend on their order. So if the margin is positive, the loss is
// differentiable. If it is 0, the k-th entry ties with one that is not selected: the loss has a kink
// in y, of size $2τ$.

// %%
const { margin } = certificate;
if (margin !== null) {
  plot(`The ${String(k)} largest entries of y and the margin`, () =>
    numberLine([...y.dataSync()], k, toNumber(margin)),
  );
}

// %% [markdown]
// ## The gradient through top-k
//
// TensorFlow.js alone fails with "gradient function not found for TopK". The rule that this package
// registers is $dL/dy = Pᵀ dL/dv$: it scatters the entries of dL/dv back to the indices from which
// their values were taken. (At a tie this is the gradient of the selection that was made. In y and
// in W it is an element of the Clarke subdifferential.)

// %%
const throughTopk = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), k).values.square().sum();
const [dW1, dx1] = tf.grads(throughTopk)([W, x]);
show(dW1);

// %%
show(dx1);

// %% [markdown]
// ## The same gradient through an explicit selection matrix
//
// Row i of Wk is one-hot at the i-th index that top-k returns.

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
// Here Wk is a third, independent variable, with the gradient $2 v yᵀ$. The rule for top-k has no
// such term, and needs none: Wk is piecewise constant in y, so its term in the chain rule is zero.

// %%
show(dWk);

// %% [markdown]
// ## Comparing the two formulations

// %%
const differenceW = compareGradients(dW1, dW2);
show(differenceW);
claim('The two formulations give the same dL/dW', {
  found: differenceW.maxUlps,
  unit: 'ULP apart',
  atMost: 4,
});

// %%
if (Math.max(...W.shape) <= 12) {
  plot('dL/dW from both formulations and Wk, on a common colour scale', () =>
    heatMaps({ 'dL/dW through top-k': dW1, 'dL/dW through Wk': dW2, Wk }),
  );
}

// %%
const differenceX = compareGradients(dx1, dx2);
show(differenceX);
claim('The two formulations give the same dL/dx', {
  found: differenceX.maxUlps,
  unit: 'ULP apart',
  atMost: 4,
});

// %%
const differenceWk = compareGradients(dWk, tf.mul(v2.mul(2).expandDims(1), y));
show(differenceWk);
claim('dL/dWk equals 2 v yᵀ', { found: differenceWk.maxUlps, unit: 'ULP apart', atMost: 4 });

// %%
const nonZeroRows = dW1.notEqual(0).any(1).sum().dataSync()[0];
claim('dL/dW has at most k non-zero rows', { found: nonZeroRows, unit: 'rows', atMost: k });

// %% [markdown]
// ## The exact certificate
//
// Decimals are rational numbers, and so are their sums and products. So the selection, the margin
// and the verdict can be decided without rounding, on no backend, and without automatic
// differentiation: for the numbers as typed, and for W and x rounded to float32, as tensors hold
// them. Beside them is what this run computed in float32, which rounds products and sums as well.

// %%
const inFloat32 = selectionMargin(y, k);
const yesOrNo = (answer: boolean) => (answer ? 'yes' : 'no');
const exact = (q: Fraction | null) => (q === null ? 'none' : formatFraction(q));
const float = (value: number) =>
  Number.isFinite(value) ? String(Number(value.toPrecision(7))) : 'none';
const decided = ({ threshold, runnerUp, margin, loss, selected, inW }: Decision) => [
  ...[threshold, runnerUp, margin, loss].map(exact),
  formatRows(selected),
  yesOrNo(inW.differentiable),
];
const isComputed = inFloat32.margin > 0 || inFloat32.threshold === 0;
const computed = [
  ...[inFloat32.threshold, inFloat32.runnerUp, inFloat32.margin, loss1.dataSync()[0]].map(float),
  formatRows([...indices.dataSync()]),
  yesOrNo(isComputed),
];
const columns = [
  ['', 'threshold τ', 'runner-up', 'margin', 'loss', 'selected', 'differentiable in W'],
  ['as typed', ...decided(certificate)],
  ...(certificate.float32 ? [['W and x rounded', ...decided(certificate.float32)]] : []),
  ['computed', ...computed],
];
const table = formatTable(columns[0].map((_, row) => columns.map((column) => column[row])));
const isRight = isComputed === certificate.inW.differentiable;
show(
  isRight ? table : `${table}\nFrom the computed Wx, which is rounded, the verdict would be wrong.`,
);

// %% [markdown]
// Let S be the selected rows and m the margin. The radius is $m / (√2 ‖x‖)$. For a Δ of less than
// that the same rows are selected at $W + Δ$, and
//
//   $$L(W + Δ) = L(W) + ⟨∇L(W), Δ⟩ + ‖(Δx)_S‖²$$
//
// with no remainder. So if the radius is positive, L is differentiable, and its gradient is the one
// above. We compute both sides exactly at 0.999 radii: in the worst direction, which lowers the k-th
// entry of y and raises the (k+1)-th, in the opposite direction, and in three random ones. At 1.001
// radii, the worst direction selects another row. (The radius is infinite if $k = 0$, $k = n$ or
// $x = 0$: then every Δ will do.)

// %%
const { steps } = certificate;
const sides = steps.map(({ direction, share, sameSelection, holds }) => [
  direction,
  share ?? 'any',
  sameSelection ? 'the same' : 'others',
  holds ? 'equal' : 'different',
]);
const heading = ['direction', 'radii', 'selected rows', 'both sides'];
show(
  steps.length === 0 ? 'The radius is 0: there is no such Δ.' : formatTable([heading, ...sides]),
);

// %%
const [inside, beyond] = [false, true].map((isBeyond) =>
  steps.filter(({ share }) => (share === '1.001') === isBeyond),
);
if (inside.length > 0) {
  claim('Within the radius, the same rows are selected and both sides are equal exactly', {
    found: inside.filter(({ sameSelection, holds }) => !sameSelection || !holds).length,
    unit: 'exceptions',
    equals: 0,
  });
}
for (const { sameSelection } of beyond) {
  claim('Beyond the radius, in the worst direction, another row is selected', {
    found: sameSelection,
    equals: false,
  });
}

// %%
if (!printed) process.exit(); // the rest applies only to the thread's W and x

// %% [markdown]
// ## The tables that the thread prints
//
// The thread computed W2.grad and x2.grad through Wk, from the same rounded W and x that we use.
// Both of our formulations must agree with them in every printed decimal.

// %%
show(tf.tensor2d(printed['W2.grad']));

// %%
show(tf.tensor1d(printed['x2.grad']));

// %%
const equalEntries = (ours: tf.Tensor, table: number[]) =>
  table.filter((entry, i) => entry.toFixed(4) === ours.dataSync()[i].toFixed(4)).length;
const inW = [dW1, dW2].map((dW) => equalEntries(dW, printed['W2.grad'].flat()));
const inX = [dx1, dx2].map((dx) => equalEntries(dx, printed['x2.grad']));
claim('All 36 entries of dL/dW, by either formulation, equal the printed W2.grad', {
  found: inW,
  equals: [36, 36],
});
claim('All 6 entries of dL/dx, by either formulation, equal the printed x2.grad', {
  found: inX,
  equals: [6, 6],
});
claim('The margin is exactly 0.2708908', { found: exact(margin), equals: '0.2708908' });

// %% [markdown]
// W1.grad and x1.grad differ from these because the thread computed them from W and x before
// rounding them to the 4 decimals that it prints. For example, y1[0] is 1.4699 there and 1.4700
// here.

// %%
show(tf.tensor2d(printed['W1.grad']));

// %%
show(tf.tensor1d(printed['x1.grad']));

// %% [markdown]
// How much can this rounding change? Each unrounded entry of W and x is within $ε = 0.00005$ of the
// printed one. So each unrounded $yᵢ$ is within $δᵢ = ε (‖wᵢ‖₁ + ‖x‖₁) + d ε²$ of ours, where d is
// the length of x. If 2 max δ is less than the margin, the same rows are selected. For selected rows
// i, the entry $2 yᵢ xⱼ$ of dL/dW and the entry $Σᵢ 2 yᵢ Wᵢⱼ$ of dL/dx change by at most
//
//   $$2 (δᵢ (|xⱼ| + ε) + |yᵢ| ε),$$
//
//   $$Σᵢ 2 (δᵢ (|Wᵢⱼ| + ε) + |yᵢ| ε).$$
//
// The printed gradients are rounded too, which adds another ε. (The rounding of float32 is 500
// times smaller than ε, and is neglected.)

// %%
const eps = 0.00005;
const rowSums = tf.add(tf.abs(W), tf.abs(x)).sum(1); // ‖wᵢ‖₁ + ‖x‖₁
const delta = rowSums.mul(eps).add(x.size * eps ** 2);
const moved = 2 * delta.max().dataSync()[0];
claim('The rounding cannot change the selection, because 2 max δ is less than the margin', {
  found: moved,
  atMost: Number(margin),
});

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
// The differences between the printed tables and our gradients, divided by these bounds:

// %%
const wRatio = tf.sub(printed['W1.grad'], dW1).abs().div(wBound);
show(wRatio);
claim('W1.grad differs from our dL/dW by no more than rounding can explain', {
  found: wRatio.max().dataSync()[0],
  unit: 'of the bound',
  atMost: 1,
});

// %%
const xRatio = tf.sub(printed['x1.grad'], dx1).abs().div(xBound);
show(xRatio);
claim('x1.grad differs from our dL/dx by no more than rounding can explain', {
  found: xRatio.max().dataSync()[0],
  unit: 'of the bound',
  atMost: 1,
});
