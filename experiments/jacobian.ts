// %% [markdown]
// # The Jacobian of top-k is the selection matrix
//
// **Where the k + 1 largest entries of y are distinct, the Jacobian of topk(y) is P, the one-hot
// selection matrix, exactly:** there topk(y) is $P y$, and P is constant nearby. The rest follows
// by the chain rule: the gradients in W and x, the Hessian, third derivatives, and batches. (A
// positive margin, the last of the k gaps, fixes which rows P has, but not their order. For Σ v²
// that is enough.)

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
claim('The k + 1 largest entries of y are distinct', {
  found: Math.min(...gaps),
  unit: 'apart',
  atLeast: 0.01,
});

// %% [markdown]
// ## In y
//
// `jacobian` runs one backward pass per output, here k.

// %%
const J = jacobian((y: tf.Tensor) => topk(y, k).values)(y);
show(J);

// %%
const P = selectionMatrix(indices, n);
const difference = compareGradients(J, P);
claim('The Jacobian of top-k equals P exactly', {
  found: difference.maxUlps,
  unit: 'ULP apart',
  equals: 0,
});
plot('The Jacobian ∂ topk(y) / ∂y and the selection matrix P', () =>
  heatMaps({ '∂ topk(y) / ∂y': J, P }),
);

// %% [markdown]
// ## In W and x
//
// $∂vₚ / ∂Wᵢⱼ = Pₚᵢ xⱼ$: of the 18 rows of this tensor, 3 are x and the others are zero.
// $∂v / ∂x = P W = W_S$, the selected rows of W.

// %%
const JW = jacobian((W: tf.Tensor) => topk(tf.dot(W, x), k).values)(W);
const outer = tf.mul(tf.reshape(P, [k, n, 1]), x);
claim('∂v / ∂W equals the outer product P ⊗ x exactly', {
  found: compareGradients(JW, outer).maxUlps,
  unit: 'ULP apart',
  equals: 0,
});

// %%
const Jx = jacobian((x: tf.Tensor) => topk(tf.dot(W, x), k).values)(x);
const selectedRows = tf.gather(W, indices);
show(Jx);
claim('∂v / ∂x equals the selected rows of W exactly', {
  found: compareGradients(Jx, selectedRows).maxUlps,
  unit: 'ULP apart',
  equals: 0,
});

// %% [markdown]
// So 2k + d numbers determine the n × d gradient dL/dW: k indices, k coefficients dL/dv, and x.

// %%
const loss = (W: tf.Tensor, x: tf.Tensor) => topk(tf.dot(W, x), k).values.square().sum();
const [dW, dx] = tf.grads(loss)([W, x]);
const coefficients = v.mul(2);
const rebuilt = tf.scatterND(tf.expandDims(indices, 1), tf.mul(tf.expandDims(coefficients, 1), x), [
  n,
  d,
]);
show({ '2k + d': indices.size + coefficients.size + x.size, 'n d': dW.size });
claim('dL/dW can be rebuilt from 2k + d numbers', {
  found: compareGradients(dW, rebuilt).maxUlps,
  unit: 'ULP apart',
  atMost: 1,
});
claim('dL/dx equals W_Sᵀ dL/dv', {
  found: compareGradients(dx, tf.dot(coefficients, selectedRows)).maxUlps,
  unit: 'ULP apart',
  atMost: 4,
});

// %% [markdown]
// ## Second order
//
// The Hessian of Σ v² in y is $2 PᵀP$: it has a 2 on the diagonal for each selected entry, and zeros
// elsewhere.

// %%
const squares = (y: tf.Tensor) => topk(y, k).values.square().sum();
const H = hessian(squares)(y);
show(H);
claim('The Hessian of Σ v² in y equals 2 PᵀP exactly', {
  found: compareGradients(H, tf.matMul(P, P, true).mul(2)).maxUlps,
  unit: 'ULP apart',
  equals: 0,
});

// %% [markdown]
// In W, the Hessian H is a 36 × 36 matrix with a diagonal block $2 x xᵀ$ for each selected row. If
// $H² = λH$, each eigenvalue of H is 0 or λ, and trace(H) / λ counts those that are λ. Here
// $λ = 2‖x‖²$.

// %%
const HW = tf.reshape(hessian((W: tf.Tensor) => loss(W, x))(W), [n * d, n * d]);
const λ = 2 * tf.sum(tf.square(x)).dataSync()[0];
const squared = tf.matMul(HW, HW);
claim('λ = 2‖x‖² is 2.642141', { found: λ.toFixed(6), equals: '2.642141' });
claim('H² equals λH', {
  found: compareGradients(squared, tf.mul(HW, λ)).maxAbsDiff,
  unit: 'apart',
  atMost: 1e-6,
});
const trace = tf.sum(tf.mul(HW, tf.eye(n * d))).dataSync()[0];
claim('H has k = 3 non-zero eigenvalues, each λ', {
  found: Number((trace / λ).toFixed(5)),
  equals: k,
});

// %% [markdown]
// ## Third order
//
// The third derivatives of Σ v³ are 6 at (i, i, i) for each selected i, and 0 elsewhere. The
// functions that `jacobian` and `hessian` return are differentiable themselves, so they can be
// nested.

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
claim('The third derivatives of Σ v³ are exact', {
  found: compareGradients(third, diagonal).maxUlps,
  unit: 'ULP apart',
  equals: 0,
});

// %% [markdown]
// ## Batches
//
// Each row of a batch has a selection matrix P of its own, and the rows do not interact, so the
// Jacobian is block diagonal.

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
claim('The Jacobian of a batch has the rows’ selection matrices as its diagonal blocks', {
  found: compareGradients(JBatch, blocks).maxUlps,
  unit: 'ULP apart',
  equals: 0,
});

// %% [markdown]
// ## Checked against finite differences
//
// `checkGrads` compares every entry of the gradient and of the Hessian with finite differences. Its
// steps stay within the radius in which the selection cannot change.

// %%
const report = checkGrads(loss, [W, x], {
  margin(W, x) {
    const { inW, inX } = selectionRadius(W, x, k);
    return [inW, inX];
  },
});
show(report);
claim('All 42 + 42 × 42 derivatives of orders 1 and 2 were checked', {
  found: report.entries,
  equals: 42 + 42 * 42,
});
claim('checkGrads accepts every derivative', { found: report.failures, equals: 0 });
