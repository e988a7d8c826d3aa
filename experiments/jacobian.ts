// %% [markdown]
// # The Jacobian of top-k is the selection matrix
//
// Where the k + 1 greatest entries differ from one another, topk(y) = P y, and P stays the same
// nearby. So P is the Jacobian, and all that follows is the chain rule: the gradient through W, the
// Hessian, the third order, batches. (The margin alone, the last of these gaps, fixes which rows P
// has, and not their order: enough for Σ v².)

// %%
import * as tf from '@tensorflow/tfjs';
import {
  checkGrads,
  compareGradients,
  hessian,
  jacobian,
  selectionMargin,
  selectionMatrix,
  selectionRadius,
  topk,
} from '../src/index.ts';
import { notebook } from './notebook/notebook.ts';
import { heatMaps } from './charts/heatMaps.ts';
import { options } from './cli/options.ts';
import thread from './thread.json';

const { show, claim, plot } = notebook(__filename, options());

// %%
const [W, x, k] = [tf.tensor2d(thread.W), tf.tensor1d(thread.x), thread.k];
const [n, d] = W.shape;
const y = tf.dot(W, x);
const { values: v, indices } = topk(y, k);
const gaps = [1, 2, 3].map((j) => selectionMargin(y, j).margin);
claim('the least gap of the k + 1 greatest', { found: Math.min(...gaps), atLeast: 0.01 });

// %% [markdown]
// ## In y
//
// `jacobian` runs one backward pass for each of the k values.

// %%
const J = jacobian((y: tf.Tensor) => topk(y, k).values)(y);
show(J);

// %%
const P = selectionMatrix(indices, n);
const difference = compareGradients(J, P);
claim('the Jacobian of top-k is P, to the bit', {
  found: difference.maxUlps,
  unit: 'ULP',
  equals: 0,
});
plot('∂ topk(y) / ∂ y, and P', heatMaps({ '∂ topk(y) / ∂ y': J, P }));

// %% [markdown]
// ## In W and x
//
// ∂vₚ / ∂Wᵢⱼ = Pₚᵢ xⱼ: three of the eighteen rows are x, the rest is zero. ∂v / ∂x = P W = W_S, the
// selected rows of W.

// %%
const JW = jacobian((W: tf.Tensor) => topk(tf.dot(W, x), k).values)(W);
const outer = tf.mul(tf.reshape(P, [k, n, 1]), x);
claim('∂v / ∂W is P ⊗ x', { found: compareGradients(JW, outer).maxUlps, unit: 'ULP', equals: 0 });

// %%
const Jx = jacobian((x: tf.Tensor) => topk(tf.dot(W, x), k).values)(x);
const selectedRows = tf.gather(W, indices);
show(Jx);
claim('∂v / ∂x is W_S', {
  found: compareGradients(Jx, selectedRows).maxUlps,
  unit: 'ULP',
  equals: 0,
});

// %% [markdown]
// So the gradient of an n × d matrix is 2k + d numbers: k indices, k coefficients dL/dv, and x.

// %%
const loss = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), k).values.square().sum();
const [dW, dx] = tf.grads(loss)([W, x]);
const coefficients = v.mul(2);
const rebuilt = tf.scatterND(tf.expandDims(indices, 1), tf.mul(tf.expandDims(coefficients, 1), x), [
  n,
  d,
]);
show({ numbers: indices.size + coefficients.size + x.size, entries: dW.size });
claim('dL/dW made of them', {
  found: compareGradients(dW, rebuilt).maxUlps,
  unit: 'ULP',
  atMost: 1,
});
claim('dL/dx = W_Sᵀ dL/dv', {
  found: compareGradients(dx, tf.dot(coefficients, selectedRows)).maxUlps,
  unit: 'ULP',
  atMost: 4,
});

// %% [markdown]
// ## Second order
//
// The Hessian of Σ v² in y is 2 on the selected entries, and 0 elsewhere: 2 PᵀP.

// %%
const squares = (y: tf.Tensor) => topk(y, k).values.square().sum();
const H = hessian(squares)(y);
show(H);
claim('the Hessian of Σ v² in y is 2 PᵀP', {
  found: compareGradients(H, tf.matMul(P, P, true).mul(2)).maxUlps,
  unit: 'ULP',
  equals: 0,
});

// %% [markdown]
// In W it is a 36 × 36 matrix, 2 x xᵀ for each selected row. If H² = λH, every eigenvalue of H is 0 or
// λ, and the trace counts those that are λ. Here λ = 2‖x‖².

// %%
const HW = tf.reshape(hessian((W: tf.Tensor) => loss(W, x))(W), [n * d, n * d]);
const λ = 2 * tf.sum(tf.square(x)).dataSync()[0];
const squared = tf.matMul(HW, HW);
claim('λ = 2‖x‖²', { found: λ.toFixed(6), equals: '2.642141' });
claim('H² = λH, apart by', {
  found: compareGradients(squared, tf.mul(HW, λ)).maxAbsDiff,
  atMost: 1e-6,
});
const trace = tf.sum(tf.mul(HW, tf.eye(n * d))).dataSync()[0];
claim('eigenvalues that are λ', { found: Number((trace / λ).toFixed(5)), equals: k });

// %% [markdown]
// ## Third order
//
// Σ v³ has the third derivatives 6 at (i, i, i) for the selected i. A Jacobian is differentiable
// itself, so they nest.

// %%
const cubes = (y: tf.Tensor) => {
  const v = topk(y, k).values;
  return tf.sum(tf.mul(tf.mul(v, v), v));
};
const third = jacobian(hessian(cubes))(y);
const diagonal = tf.mul(
  tf.reshape(tf.eye(n), [n, n, 1]),
  tf.mul(tf.reshape(tf.eye(n), [n, 1, n]), tf.sum(P, 0).mul(6)),
);
claim('third derivatives of Σ v³', {
  found: compareGradients(third, diagonal).maxUlps,
  unit: 'ULP',
  equals: 0,
});

// %% [markdown]
// ## Batches
//
// Each row of a batch has its own P, and nothing of one row reaches another: blocks on the diagonal.

// %%
const batch = tf.tensor2d([
  [3, 1, 2],
  [4, 6, 5],
]);
const JBatch = jacobian((y: tf.Tensor) => topk(y, 2).values)(batch);
show(tf.reshape(JBatch, [4, 6]));

// %%
const Ps = selectionMatrix(topk(batch, 2).indices, 3); // [2, 2, 3]
const blocks = tf.mul(tf.reshape(Ps, [2, 2, 1, 3]), tf.reshape(tf.eye(2), [2, 1, 2, 1]));
claim('its Jacobian is each row’s P, in blocks', {
  found: compareGradients(JBatch, blocks).maxUlps,
  unit: 'ULP',
  equals: 0,
});

// %% [markdown]
// ## Checked against differences
//
// Every entry of the gradient and of the Hessian, with steps that stay within the radius inside of
// which the selection cannot change.

// %%
const report = checkGrads(loss, [W, x], {
  margin(W, x) {
    const { inW, inX } = selectionRadius(W, x, k);
    return [inW, inX];
  },
});
show(report);
claim('entries, of orders 1 and 2', { found: report.entries, equals: 42 + 42 * 42 });
claim('entries that fail', { found: report.failures, equals: 0 });
