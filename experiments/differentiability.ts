// %% [markdown]
// # Where is the loss Σ topk(Wx)² differentiable?
//
// **Wherever the margin is positive; and at a tie only if the tied value is 0, or if $x = 0$.** The
// thread says that top-k "is just a linear transformation". It is a piecewise linear one: linear as
// long as the same rows of W are selected, which is so within $m / (√2 ‖x‖)$ of W, where m is the
// margin. How tight is that, and what happens at the boundary of such a piece?

// %%
import * as tf from '@tensorflow/tfjs';
import {
  checkGrads,
  selectionMargin,
  selectionMatrix,
  selectionRadius,
  topk,
  topkDirectionalDerivative,
  topkLinear,
  topkLinearSubdifferential,
  topkSubdifferential,
} from '../src/index.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import { kink } from './charts/kink.ts';
import { options } from './cli/options.ts';
import thread from './thread.json';

const { show, claim, plot } = notebook(__filename, options());

// %%
const [W, x, k] = [tf.tensor2d(thread.W), tf.tensor1d(thread.x), thread.k];
const y = tf.dot(W, x);
show(y);

// %% [markdown]
// ## Inside a piece
//
// The margin is the distance between the k-th and the (k+1)-th largest entry of y. If every entry
// of y moves by less than half the margin, the selection stays the same, and with it the matrix of
// the linear map topk(y) = Wk y. In the Euclidean (for W, Frobenius) norm the selection stays the
// same if
//
//   $$‖ΔW‖ < m / (√2 ‖x‖),$$
//
//   $$‖Δy‖ < m / √2,$$
//
//   $$‖Δx‖ < (yᵢ − yⱼ) / ‖wᵢ − wⱼ‖,$$
//
// where m is the margin, and the last condition is for each selected row i and each other row j.

// %%
const { margin } = selectionMargin(y, k);
const radius = selectionRadius(W, x, k);
show({ margin, ...radius });
claim('The margin is 0.270891', { found: margin.toFixed(6), equals: '0.270891' });
claim('The radius in W is 0.166654', { found: radius.inW.toFixed(6), equals: '0.166654' });

// %% [markdown]
// These radii are tight: in the worst direction the same rows are selected at 0.999 times the
// radius, and other rows at 1.001 times. In y and W, the worst direction raises the (k+1)-th entry,
// yⱼ, and lowers the k-th, yᵢ.

// %%
const [i, j] = topk(y, k + 1)
  .indices.dataSync()
  .slice(-2);
const lift = selectionMatrix([j], 6)
  .sub(selectionMatrix([i], 6))
  .squeeze()
  .div(Math.SQRT2);
const D = tf.mul(tf.expandDims(lift, 1), x).div(tf.norm(x));
show(D);

// %%
const selected = (y: tf.Tensor) => Array.from(topk(y, k).indices.dataSync()).sort();
const alongW = (t: number) => tf.dot(tf.add(W, tf.mul(D, t)), x);
const alongY = (t: number) => tf.add(y, tf.mul(lift, t));
const before = selected(y);
const after = [...before.filter((row) => row !== i), j].sort();
const atTheRadius = (along: (t: number) => tf.Tensor, radius: number) =>
  [0.999, 1.001].map((factor) => selected(along(factor * radius)));
claim('In W, 0.999 radii keep the selection, and 1.001 radii replace row i with row j', {
  found: atTheRadius(alongW, radius.inW),
  equals: [before, after],
});
claim('In y, 0.999 radii keep the selection, and 1.001 radii replace row i with row j', {
  found: atTheRadius(alongY, radius.inY),
  equals: [before, after],
});

// %% [markdown]
// In the maximum norm the radius in y is margin / 2. A cube around y lies inside the piece if its
// 64 corners do, because a piece is convex.

// %%
const cornersThatChange = (factor: number) =>
  Array.from({ length: 64 }, (_, bits) => {
    const signs = [0, 1, 2, 3, 4, 5].map((entry) => ((bits >> entry) & 1 ? 1 : -1));
    return selected(tf.add(y, tf.mul(signs, (factor * margin) / 2)));
  }).filter((rows) => String(rows) !== String(before)).length;
claim('No corner at 0.999 × margin / 2 changes the selection', {
  found: cornersThatChange(0.999),
  equals: 0,
});
claim('Some corners at 1.001 × margin / 2 change the selection', {
  found: cornersThatChange(1.001),
  unit: 'of 64 corners',
  atLeast: 1,
});

// %% [markdown]
// In x, each pair of a selected row i and another row j has a distance of its own to a tie,
// $(yᵢ − yⱼ) / ‖wᵢ − wⱼ‖$ in the direction $wⱼ − wᵢ$. The radius is the smallest of these nine
// distances. It need not belong to the k-th and the (k+1)-th entry.

// %%
const others = [0, 1, 2, 3, 4, 5].filter((row) => !before.includes(row));
const pairs = before.flatMap((i) =>
  others.map((j) => {
    const [wi, wj] = tf.unstack(tf.gather(W, [i, j]));
    const apart = tf.norm(tf.sub(wi, wj));
    const gap = tf.dot(tf.sub(wi, wj), x);
    return { i, j, distance: gap.div(apart).dataSync()[0], direction: tf.sub(wj, wi).div(apart) };
  }),
);
const nearest = pairs.reduce((a, b) => (a.distance < b.distance ? a : b));
show(
  formatTable([
    ['i', 'j', 'distance'],
    ...pairs.map(({ i, j, distance }) => [String(i), String(j), distance.toFixed(4)]),
  ]),
);

// %%
const alongX = (t: number) => tf.dot(W, tf.add(x, tf.mul(nearest.direction, t)));
claim('In x, 0.999 radii keep the selection, and 1.001 radii exchange the nearest pair', {
  found: atTheRadius(alongX, radius.inX),
  equals: [before, [...before.filter((row) => row !== nearest.i), nearest.j].sort()],
});

// %% [markdown]
// In other directions the selection lasts longer. We take 1000 random directions $u xᵀ$ in W, which
// move y along u, and count those that change the selection at 0.999, 1.5, 2, 3 and 4 times the
// radius.

// %%
const seeds = Array.from({ length: 1000 }, (_, seed) => seed + 1);
const changedAt = (factor: number) =>
  seeds.filter((seed) =>
    tf.tidy(() => {
      const direction = tf.mul(tf.randomNormal([6, 1], 0, 1, 'float32', seed), x);
      const step = tf.mul(direction, tf.div(factor * radius.inW, tf.norm(direction)));
      return String(selected(tf.dot(tf.add(W, step), x))) !== String(before);
    }),
  ).length;
const changed = [0.999, 1.5, 2, 3, 4].map(changedAt);
show(changed.join(', '));
claim('No random step of 0.999 radii changes the selection', { found: changed[0], equals: 0 });
claim('Many random steps of 4 radii change the selection', {
  found: changed[4],
  unit: 'of 1000 steps',
  atLeast: 100,
});

// %% [markdown]
// ## Across a tie
//
// As W moves along D, $yᵢ$ falls and $yⱼ$ rises, each at the rate $c = ‖x‖ / √2$, until they tie at t*,
// the radius. There the loss Σ v² has a kink: before it the falling entry is selected, after it the
// rising one.

// %%
const loss = (y: tf.Tensor) => topk(y, k).values.square().sum();
const lossAt = (t: number) => loss(alongW(t)).dataSync()[0];
const factors = [0.5, 0.9, 0.999, 1, 1.001, 1.1, 1.5];
const walk = factors.map((factor) => {
  const t = factor * radius.inW;
  return [String(factor), lossAt(t).toFixed(4), String(selected(alongW(t)))];
});
show(formatTable([['t / t*', 'loss', 'selected rows'], ...walk]));

// %% [markdown]
// The slopes on both sides of the tie are given by the one-sided directional derivative. For
// $f = Σ φ(v)$, here with $φ(v) = v²$, it is
//
//   $$f′(y; d) = Σ_A φ′(yᵢ) dᵢ + φ′(τ) · g(d),$$
//
// where g(d) is the sum of the r largest $dᵢ$ over T. Here $τ = y₍ₖ₎$, A is the set of entries above
// τ, T is the set of entries equal to τ, and r entries of T are selected. The formula equals
// $⟨φ′(v), v′⟩$, where v′ is the directional derivative of the
// sorted values.

// %%
const τ = y.gather([i, j]).mean();
const isTied = selectionMatrix([i, j], 6).sum(0);
const atTie = tf.where(isTied.cast('bool'), τ, y);
const c = tf.norm(x).div(Math.SQRT2).dataSync()[0];
const slope = (d: tf.Tensor) => {
  const dv = topkDirectionalDerivative(atTie, k, d);
  return tf.dot(topk(atTie, k).values.mul(2), dv).dataSync()[0];
};
const d = tf.dot(D, x);
const slopes = { left: -slope(tf.neg(d)), right: slope(d) };
show(slopes);
plot('The loss along D and its one-sided slopes at the tie', () =>
  kink(lossAt, radius.inW, slopes),
);

// %% [markdown]
// The loss is a parabola on each side, so one-sided differences with step h must equal these slopes
// up to the curvature term $c² h$, which we subtract.

// %%
const h = 2 ** -7;
const right = (lossAt(radius.inW + h) - lossAt(radius.inW)) / h - c ** 2 * h;
const left = (lossAt(radius.inW) - lossAt(radius.inW - h)) / h + c ** 2 * h;
show({ left, right });
claim('The difference on the left equals the slope on the left', {
  found: Math.abs(left - slopes.left),
  unit: 'apart',
  atMost: 1e-3,
});
claim('The difference on the right equals the slope on the right', {
  found: Math.abs(right - slopes.right),
  unit: 'apart',
  atMost: 1e-3,
});
claim('The slopes differ by 4 τ c, so the loss has a kink', {
  found: Math.abs(slopes.right - slopes.left - 4 * τ.dataSync()[0] * c),
  unit: 'apart',
  atMost: 1e-5,
});

// %% [markdown]
// The formula holds for either sign of φ′, because the entries that rise fastest are selected
// whether this increases the loss or decreases it. We test it on 500 random vectors y of five
// integers from −4 to 0, which have many ties, in random directions. In float32,
// $(f(y + t d) − f(y)) / t$ is exact for these, and must equal the formula plus $t Σ v′²$, the
// quadratic term.

// %%
const integers = (min: number, seed: number) =>
  tf.randomUniform([5], 0, 5, 'int32', seed).cast('float32').add(min);
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const t = 1 / 8;
const cases = seeds.slice(0, 500).map((seed) => {
  const [y, d] = [integers(-4, seed), integers(-2, seed + 1000)];
  const [ys, ds] = [y, d].map((v) => Array.from(v.dataSync()));
  const { above, tied, remaining } = topkSubdifferential(y, 2);
  const τ = ys[tied[0]];
  const largest = tied.map((i) => ds[i]).sort((a, b) => b - a);
  const formula =
    sum(above.map((i) => 2 * ys[i] * ds[i])) + 2 * τ * sum(largest.slice(0, remaining));

  const f = (y: tf.Tensor) => topk(y, 2).values.square().sum();
  const difference = f(y.add(d.mul(t)))
    .sub(f(y))
    .div(t);
  const squares = topkDirectionalDerivative(y, 2, d).square().sum();
  const slope = difference.sub(squares.mul(t)).dataSync()[0];
  return { isTie: tied.length > remaining, τ, isWrong: slope !== formula };
});
const atTies = cases.filter(({ isTie }) => isTie);
const negative = atTies.filter(({ τ }) => τ < 0).length;
show({ ties: atTies.length, 'with φ′(τ) < 0': negative });
claim('The sample has enough ties with φ′(τ) < 0', {
  found: negative,
  unit: 'ties',
  atLeast: 100,
});
claim('The formula for the directional derivative is exact in all 500 cases', {
  found: cases.filter(({ isWrong }) => isWrong).length,
  equals: 0,
});

// %% [markdown]
// ## The gradients at a tie
//
// For y = [3, 1, 1, 1, 0] and k = 2, the 3 is selected and one of three tied entries. The Clarke
// subdifferential of Σ v² in y is the set of all $φ′(y) ⊙ θ$ with $θ = 1$ on A, $θ ∈ [0, 1]$ and
// $Σθ = r$ on T, and $θ = 0$ elsewhere. tf.grad returns a vertex of this set, with all the weight
// of T on the lowest indices. With `tieGradient: 'even'` it returns the element of least norm.

// %%
const tie = tf.tensor1d([3, 1, 1, 1, 0]);
const subdifferential = topkSubdifferential(tie, 2, tie.mul(2));
const squares = (y: tf.Tensor) => topk(y, 2).values.square().sum();
const squaresEven = (y: tf.Tensor) => topk(y, 2, { tieGradient: 'even' }).values.square().sum();
const first = tf.grad(squares)(tie);
show(first);

// %%
const even = tf.grad(squaresEven)(tie);
show(even);
claim('The gradient of the selection made is in the subdifferential', {
  found: subdifferential.contains(first),
  equals: true,
});
claim('The even gradient is in the subdifferential, too', {
  found: subdifferential.contains(even),
  equals: true,
});

// %% [markdown]
// Finite differences are wrong here. A central difference averages the slopes of both sides, which
// gives $φ′(τ) / 2$ on each tied entry. These sum to $|T| φ′(τ) / 2$, and the subdifferential
// requires $r φ′(τ)$, which is the same only if half of T is selected. So a gradient checker must
// know the margin before it chooses its step.

// %%
const step = 2 ** -8;
const central = tf.stack(
  tf.unstack(tf.eye(5)).map((e) => {
    const [above, below] = [step, -step].map((h) => squares(tf.add(tie, tf.mul(e, h))));
    return tf.sub(above, below).div(2 * step);
  }),
);
show(central);
const overT = central.gather(subdifferential.tied).sum().dataSync()[0];
claim('The central differences over T sum to 3, although r φ′(τ) = 2', {
  found: Number(overT.toFixed(1)),
  equals: 3,
});
claim('The vector of central differences is not in the subdifferential', {
  found: subdifferential.contains(central, 0.01),
  equals: false,
});

// %%
const verdict = (check: () => unknown) => {
  try {
    check();
    return 'passed';
  } catch (error) {
    return (error as Error).message;
  }
};
show(verdict(() => checkGrads(squares, [tie], { order: 1 })));

// %%
const tieMargin = (y: tf.Tensor) => selectionMargin(y, 2).margin / Math.SQRT2;
show(verdict(() => checkGrads(squares, [tie], { order: 1, margin: tieMargin })));

// %% [markdown]
// ## A batch at a tie
//
// Each example of a batch makes a selection of its own. For the weights $w₁ = w₂ = 1$, the examples
// $x = 1$ and $x = −1$, and k = 1, the first selects the larger weight and the second the smaller
// one. So the loss is $w₁² + w₂²$, which is smooth, with the gradient (2, 2). But at the tie both
// select the row of lowest index, and the gradient of these selections is (4, 0).

// %%
const [weights, batch] = [tf.tensor2d([[1], [1]]), tf.tensor2d([[1], [-1]])];
const lossOf = (W: tf.Tensor, X: tf.Tensor, tieGradient: 'first' | 'even' = 'first') =>
  topkLinear(W, X, 1, { tieGradient }).values.square().sum();
const nearby = [0.5, 0.75, 1, 1.25, 1.5];
const grid = nearby.flatMap((w1) => nearby.map((w2) => [w1, w2]));
claim('The loss of the batch is w₁² + w₂² at all 25 points of a grid around the tie', {
  found: grid.filter(([w1, w2]) => {
    const loss = lossOf(tf.tensor2d([[w1], [w2]]), batch).dataSync()[0];
    return loss === w1 ** 2 + w2 ** 2;
  }).length,
  equals: 25,
});
const gradientOf = (tieGradient: 'first' | 'even', W: tf.Tensor, X: tf.Tensor) =>
  tf.grad((W) => lossOf(W, X, tieGradient))(W);
const slopeOfSquare = (y: number) => 2 * y;
const { inW } = topkLinearSubdifferential(weights, batch, 1, slopeOfSquare);
const firstOfBatch = gradientOf('first', weights, batch);
show(firstOfBatch);

// %%
const evenOfBatch = gradientOf('even', weights, batch);
show(evenOfBatch);
claim('For the batch, the even gradient is the gradient, (2, 2)', {
  found: Array.from(evenOfBatch.dataSync()),
  equals: [2, 2],
});
claim('The gradient of the selections made is not in the subdifferential of the batch', {
  found: inW.contains(firstOfBatch),
  equals: false,
});

// %% [markdown]
// That is so in general: the even gradient is in the Clarke subdifferential in W for any batch, if
// the loss is symmetric in the values of each example. We test both gradients on 200 random
// batches of three examples, of small integers, for two weights, which are often equal.

// %%
const small = (shape: number[], max: number, seed: number) =>
  tf
    .randomUniform(shape, 0, 2 * max + 1, 'int32', seed)
    .cast('float32')
    .sub(max);
const outside = { first: 0, even: 0 };
for (const seed of seeds.slice(0, 200)) {
  const [W, X] = [small([2, 1], 1, seed), small([3, 1], 2, seed + 2000)];
  const { inW } = topkLinearSubdifferential(W, X, 1, slopeOfSquare);
  for (const tieGradient of ['first', 'even'] as const) {
    if (!inW.contains(gradientOf(tieGradient, W, X))) outside[tieGradient]++;
  }
}
show(outside);
claim('The even gradient is in the subdifferential of all 200 batches', {
  found: outside.even,
  equals: 0,
});
claim('In many batches the gradient of the selections made is not', {
  found: outside.first,
  unit: 'batches',
  atLeast: 10,
});

// %% [markdown]
// ## A tie in x
//
// In x the even gradient is in the set, too, but it is not the shortest. For $w₁ = (1, 1)$,
// $w₂ = (1, −3)$, $x = (1, 0)$ and k = 1 both entries of Wx are 1. The set is the segment from
// (2, 2) to (2, −6), of which the even gradient is the middle.

// %%
const rows = tf.tensor2d([[1, 1], [1, -3]]); // prettier-ignore
const { inX } = topkLinearSubdifferential(rows, [1, 0], 1, slopeOfSquare);
const evenInX = tf.grad((x) => lossOf(rows, x, 'even'))(tf.tensor1d([1, 0]));
show(inX.bouligand());

// %%
show(evenInX);
claim('In x, the even gradient is (2, −2), in the subdifferential', {
  found: [inX.contains(evenInX), ...evenInX.dataSync()],
  equals: [true, 2, -2],
});
claim('In x, the element of least norm is (2, 0)', {
  found: inX.minNorm().sub([2, 0]).abs().max().dataSync()[0],
  unit: 'apart',
  atMost: 1e-6,
});

// %% [markdown]
// ## Ties at zero are harmless for Σ v²
//
// The size of the kink is proportional to $φ′(τ)$. For $φ(v) = v²$ it vanishes at $τ = 0$: after a
// ReLU, it does not matter to Σ v² which of the zeros is selected. It does matter to Σ v. We count
// the directions out of 1000 along which the loss has a kink.

// %%
const zeros = tf.tensor1d([2, 0, 0, 0, -1]);
const countDirections = (differs: (d: tf.Tensor) => tf.Tensor) =>
  seeds.filter((seed) =>
    tf.tidy(() => tf.any(differs(tf.randomNormal([5], 0, 1, 'float32', seed))).dataSync()[0]),
  ).length;
const kinks = (y: tf.Tensor, slopeOf: (v: tf.Tensor) => tf.Tensor) =>
  countDirections((d) => {
    const derivative = (d: tf.Tensor) =>
      topkDirectionalDerivative(y, 3, d)
        .mul(slopeOf(topk(y, 3).values))
        .sum();
    return derivative(d).notEqual(derivative(d.neg()).neg());
  });
claim('Σ v² has a kink in none of 1000 directions', {
  found: kinks(zeros, (v) => v.mul(2)),
  equals: 0,
});
claim('Σ v has a kink in all 1000 directions', {
  found: kinks(zeros, (v) => tf.onesLike(v)),
  equals: 1000,
});
claim('At the tie, checkGrads accepts every entry of the gradient of Σ v²', {
  found: checkGrads((y: tf.Tensor) => topk(y, 3).values.square().sum(), [zeros], {
    order: 1,
    atol: 0.1,
  }).failures,
  equals: 0,
});

// %% [markdown]
// Σ v² is C¹ there, with a Lipschitz gradient, but not C². A central difference with step h in a tied
// entry is off by h / 2. Along a line through the tie the gradient has different slopes on the two
// sides, because different entries are selected there. And arbitrarily close, at a tie of numbers
// other than 0, Σ v² is not differentiable.

// %%
const gradient = tf.grad((y) => topk(y, 3).values.square().sum());
const slopesOfTied = (d: tf.Tensor, h: number) =>
  gradient(zeros.add(d.mul(h)))
    .slice(1, 3)
    .div(h); // at zeros it is 0
claim('The gradient of Σ v² has a kink in all 1000 directions', {
  found: countDirections((d) => slopesOfTied(d, 2 ** -9).notEqual(slopesOfTied(d, -(2 ** -9)))),
  equals: 1000,
});
claim('With 0.001 in place of the three zeros, Σ v² has a kink in all 1000 directions', {
  found: kinks(tf.tensor1d([2, 0.001, 0.001, 0.001, -1]), (v) => v.mul(2)),
  equals: 1000,
});

// %% [markdown]
// ## Ties within the selection
//
// In y = [3, 3, 1] with k = 2 both 3s are selected, so Σ v² has no kink. But each of the sorted
// values has one: for a differentiable function, the derivatives along d and −d would differ only
// in sign.

// %%
const inside = tf.tensor1d([3, 3, 1]);
const e2 = tf.tensor1d([0, 1, 0]);
show(topkDirectionalDerivative(inside, 2, e2));

// %%
show(topkDirectionalDerivative(inside, 2, e2.neg()));
claim('At a tie within the selection, checkGrads accepts Σ v² to order 2', {
  found: checkGrads(squares, [inside], {
    margin: selectionMargin(inside, 2).margin / Math.SQRT2,
  }).failures,
  equals: 0,
});

// %% [markdown]
// ## The gradient of tf.max
//
// The maximum is top-k with k = 1. At a tie, tfjs assigns the whole gradient to each of the largest
// entries. This is not in the subdifferential: along (1, 1, 0) it predicts a slope of 2, but the
// maximum rises with slope 1.

// %%
const twoLargest = tf.tensor1d([2, 2, 1]);
const maxGradient = tf.grad((y) => tf.max(y))(twoLargest);
show(maxGradient);

// %%
const top1Gradient = tf.grad((y) => topk(y, 1).values.sum())(twoLargest);
show(top1Gradient);
const maxSubdifferential = topkSubdifferential(twoLargest, 1);
claim('Along (1, 1, 0) the gradient of tf.max predicts a slope of 2, and the slope is 1', {
  found: [
    tf.dot(maxGradient, [1, 1, 0]),
    topkDirectionalDerivative(twoLargest, 1, [1, 1, 0]).sum(),
  ].map((t) => t.dataSync()[0]),
  equals: [2, 1],
});
claim('The gradient of tf.max is not in the subdifferential of the maximum', {
  found: maxSubdifferential.contains(maxGradient),
  equals: false,
});
claim('The gradient of topk is in the subdifferential of the maximum', {
  found: maxSubdifferential.contains(top1Gradient),
  equals: true,
});
