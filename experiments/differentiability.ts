// %% [markdown]
// # Where is the loss through topk(Wx) differentiable?
//
// The thread says that top-k "is just a linear transformation". It is, in pieces: as long as the
// same rows of W are selected. How long is that, and what is there at the border?

// %%
import * as tf from '@tensorflow/tfjs';
import {
  checkGrads,
  selectionMargin,
  selectionMatrix,
  selectionRadius,
  topk,
  topkDirectionalDerivative,
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
// ## Inside of a piece
//
// The margin is the distance of the k-th from the (k+1)-th entry. While no entry of y moves by half
// of it, the selection stays, and with it the matrix of the linear map: topk(y) = Wk y. In W and in
// x the same holds within a radius (the Euclidean norm of all that moves):
//
//   ‖ΔW‖ < margin / (√2 ‖x‖),   ‖Δy‖ < margin / √2,   ‖Δx‖ < min (yᵢ − yⱼ) / ‖wᵢ − wⱼ‖.

// %%
const { margin } = selectionMargin(y, k);
const radius = selectionRadius(W, x, k);
show({ margin, ...radius });
claim('the margin', { found: margin.toFixed(6), equals: '0.270891' });
claim('the radius in W', { found: radius.inW.toFixed(6), equals: '0.166654' });

// %% [markdown]
// These radii are tight. In the worst direction, at 0.999 of each the same rows are selected, and at
// 1.001 another one is. In y and W that direction lifts the (k+1)-th entry, j, and lowers the k-th, i.

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
  [0.999, 1.001].map((share) => selected(along(share * radius)));
claim('rows selected at 0.999 and 1.001 of the radius in W', {
  found: atTheRadius(alongW, radius.inW),
  equals: [before, after],
});
claim('the same in y', { found: atTheRadius(alongY, radius.inY), equals: [before, after] });

// %% [markdown]
// In the maximum norm the radius in y is margin / 2. If no corner of that cube changes the selection,
// nothing inside does. Of its 64 corners, these do:

// %%
const cornersThatChange = (share: number) =>
  Array.from({ length: 64 }, (_, bits) => {
    const signs = [0, 1, 2, 3, 4, 5].map((entry) => ((bits >> entry) & 1 ? 1 : -1));
    return selected(tf.add(y, tf.mul(signs, (share * margin) / 2)));
  }).filter((rows) => String(rows) !== String(before)).length;
claim('corners at 0.999 of margin / 2', { found: cornersThatChange(0.999), equals: 0 });
claim('corners at 1.001 of margin / 2', { found: cornersThatChange(1.001), atLeast: 1 });

// %% [markdown]
// In x each pair of a selected row i and another j has its own distance, (yᵢ − yⱼ) / ‖wᵢ − wⱼ‖, in
// the direction wⱼ − wᵢ. The least of the nine is the radius, and a pair of the k-th and the
// (k+1)-th entry need not be the one.

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
claim('in x the pair that is nearest exchanges its places', {
  found: atTheRadius(alongX, radius.inX),
  equals: [before, [...before.filter((row) => row !== nearest.i), nearest.j].sort()],
});

// %% [markdown]
// Other directions leave more room. Of 1000 random ones of the kind that counts, u xᵀ, which moves y
// by u, how many change the selection at 0.999, 1.5, 2, 3 and 4 times the radius?

// %%
const seeds = Array.from({ length: 1000 }, (_, seed) => seed + 1);
const changedAt = (share: number) =>
  seeds.filter((seed) =>
    tf.tidy(() => {
      const direction = tf.mul(tf.randomNormal([6, 1], 0, 1, 'float32', seed), x);
      const step = tf.mul(direction, tf.div(share * radius.inW, tf.norm(direction)));
      return String(selected(tf.dot(tf.add(W, step), x))) !== String(before);
    }),
  ).length;
const changed = [0.999, 1.5, 2, 3, 4].map(changedAt);
show(changed.join(', '));
claim('random steps of 0.999 of the radius that change it', { found: changed[0], equals: 0 });
claim('random steps of 4 times the radius that change it', { found: changed[4], atLeast: 100 });

// %% [markdown]
// ## Across a tie
//
// Walking W on in the direction D, yᵢ falls and yⱼ rises, both at the rate c = ‖x‖ / √2, until they
// tie at t* = the radius. The loss Σ v² has a kink there: up to it the falling entry is selected,
// and from it on the rising one.

// %%
const loss = (y: tf.Tensor) => topk(y, k).values.square().sum();
const lossAt = (t: number) => loss(alongW(t)).dataSync()[0];
const shares = [0.5, 0.9, 0.999, 1, 1.001, 1.1, 1.5];
const walk = shares.map((share) => {
  const t = share * radius.inW;
  return [String(share), lossAt(t).toFixed(4), String(selected(alongW(t)))];
});
show(formatTable([['t / t*', 'loss', 'rows'], ...walk]));

// %% [markdown]
// At the tie the slopes to both sides are those of the directional derivative,
//
//   f′(y; d) = Σ_A φ′(yᵢ) dᵢ + φ′(τ) · (the sum of the r largest dᵢ over T),
//
// for f = Σ φ(v), here φ = v². A are the entries above τ = y₍ₖ₎, T those equal to τ, and r of these are
// selected. That is ⟨φ′(v), v′⟩ with the derivative v′ of the sorted values themselves.

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
plot('the loss along D, and its slopes to both sides of the tie', kink(lossAt, radius.inW, slopes));

// %% [markdown]
// One-sided differences of the loss itself, of step h, must be these slopes and c² h, since the
// loss is a parabola on each side.

// %%
const h = 2 ** -7;
const right = (lossAt(radius.inW + h) - lossAt(radius.inW)) / h - c ** 2 * h;
const left = (lossAt(radius.inW) - lossAt(radius.inW - h)) / h + c ** 2 * h;
show({ left, right });
claim('the slope to the left', { found: Math.abs(left - slopes.left), atMost: 1e-3 });
claim('the slope to the right', { found: Math.abs(right - slopes.right), atMost: 1e-3 });
claim('they differ by 4 τ c: a kink', {
  found: Math.abs(slopes.right - slopes.left - 4 * τ.dataSync()[0] * c),
  atMost: 1e-5,
});

// %% [markdown]
// The formula holds whatever the sign of φ′, because the entries that rise most are the ones
// selected, whether that helps the loss or not. Here are 500 random y of five integers from −4 to 0,
// full of ties, in random directions. (f(y + t d) − f(y)) / t is exact for them, and must be the formula
// plus t Σ v′², the square of each step.

// %%
const small = (least: number, seed: number) =>
  tf.randomUniform([5], least, least + 5, 'int32', seed).cast('float32');
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const t = 1 / 8;
const cases = seeds.slice(0, 500).map((seed) => {
  const [y, d] = [small(-4, seed), small(-2, seed + 1000)];
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
const falling = atTies.filter(({ τ }) => τ < 0).length;
show({ ties: atTies.length, falling });
claim('cases with φ′(τ) < 0 at a tie', {
  found: falling,
  atLeast: 100,
});
claim('cases where the formula is not the slope', {
  found: cases.filter(({ isWrong }) => isWrong).length,
  equals: 0,
});

// %% [markdown]
// ## What a gradient can be at a tie
//
// With y = [3, 1, 1, 1, 0] and k = 2 one of three entries is selected beside the 3. The Clarke
// subdifferential of Σ v² is φ′(y) ⊙ θ, with θ = 1 on A, θ ∈ [0, 1] on T and Σθ = r there. tf.grad
// returns a vertex of it, with all of the weight on the lowest index; `tieGradient: 'even'` the
// element of least norm.

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
claim('the gradient of the selection made is an element of the subdifferential', {
  found: subdifferential.contains(first),
  equals: true,
});
claim('the even gradient is one, too', { found: subdifferential.contains(even), equals: true });

// %% [markdown]
// Finite differences lie here. A central difference averages both sides: φ′(τ)/2 on each tied entry,
// so together |T| φ′(τ)/2, which is r φ′(τ) only by chance, where half of them are selected. Here it is
// no element at all. So a check of gradients must know the margin before it chooses a step.

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
claim('over T they sum to 3, and not to r φ′(τ) = 2', {
  found: Number(overT.toFixed(1)),
  equals: 3,
});
claim('the central differences are an element of the subdifferential', {
  found: subdifferential.contains(central, 0.01),
  equals: false,
});

// %%
const refusal = (check: () => unknown) => {
  try {
    check();
    return 'passed';
  } catch (error) {
    return (error as Error).message;
  }
};
show(refusal(() => checkGrads(squares, [tie], { order: 1 })));

// %%
const tieMargin = (y: tf.Tensor) => selectionMargin(y, 2).margin / Math.SQRT2;
show(refusal(() => checkGrads(squares, [tie], { order: 1, margin: tieMargin })));

// %% [markdown]
// ## Ties at zero do no harm to Σ v²
//
// The kink is φ′(τ) times something. For φ = v² and τ = 0 there is none: which of the ReLU's zeros is
// selected does not matter to Σ v². To Σ v it does. How many of 1000 directions see a kink?
// (The slope of Σ v² is continuous there, but bends: a difference of step h is off by h / 2.)

// %%
const zeros = tf.tensor1d([2, 0, 0, 0, -1]);
const kinks = (slopeOf: (v: tf.Tensor) => tf.Tensor) =>
  seeds.filter((seed) =>
    tf.tidy(() => {
      const d = tf.randomNormal([5], 0, 1, 'float32', seed);
      const derivative = (d: tf.Tensor) =>
        topkDirectionalDerivative(zeros, 3, d)
          .mul(slopeOf(topk(zeros, 3).values))
          .sum();
      return derivative(d).add(derivative(d.neg())).dataSync()[0] !== 0;
    }),
  ).length;
claim('directions with a kink, Σ v²', { found: kinks((v) => v.mul(2)), equals: 0 });
claim('directions with a kink, Σ v', { found: kinks((v) => tf.onesLike(v)), equals: 1000 });
claim('entries of the gradient of Σ v² that a check at the tie finds wrong', {
  found: checkGrads((y: tf.Tensor) => topk(y, 3).values.square().sum(), [zeros], {
    order: 1,
    atol: 0.1,
  }).failures,
  equals: 0,
});

// %% [markdown]
// ## Ties inside of the selection
//
// Both 3s are selected: Σ v² sees no kink. The sorted values themselves do, each one alone. Along d
// and along −d the derivative of a linear function would differ in sign only.

// %%
const inside = tf.tensor1d([3, 3, 1]);
const e2 = tf.tensor1d([0, 1, 0]);
show(topkDirectionalDerivative(inside, 2, e2));

// %%
show(topkDirectionalDerivative(inside, 2, e2.neg()));
claim('Σ v² passes a check to order 2 where entries tie inside', {
  found: checkGrads(squares, [inside], {
    margin: selectionMargin(inside, 2).margin / Math.SQRT2,
  }).failures,
  equals: 0,
});

// %% [markdown]
// ## What tf.max does
//
// The maximum is top-k with k = 1. At a tie tfjs gives every one of the greatest the whole gradient.
// That is no element: along (1, 1, 0) it promises a rise of 2, and the maximum rises by 1.

// %%
const twoGreatest = tf.tensor1d([2, 2, 1]);
const ofMax = tf.grad((y) => tf.max(y))(twoGreatest);
show(ofMax);

// %%
const ofTop1 = tf.grad((y) => topk(y, 1).values.sum())(twoGreatest);
show(ofTop1);
const ofMaximum = topkSubdifferential(twoGreatest, 1);
claim('tf.max: what its gradient promises along (1, 1, 0), and what comes', {
  found: [tf.dot(ofMax, [1, 1, 0]), topkDirectionalDerivative(twoGreatest, 1, [1, 1, 0]).sum()].map(
    (t) => t.dataSync()[0],
  ),
  equals: [2, 1],
});
claim("tf.max's gradient is an element of the subdifferential of the maximum", {
  found: ofMaximum.contains(ofMax),
  equals: false,
});
claim("topk's gradient is one", { found: ofMaximum.contains(ofTop1), equals: true });
