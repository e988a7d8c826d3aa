// %% [markdown]
// # How rare are ties?
//
// **A random W has a tie with probability 0, and a margin below $ε ‖x‖$ with a probability
// proportional to ε:** about $2.1 ε$ for standard normal W with the thread's $n = 6$ and $k = 3$.
// Only one W in eight million has a margin that is lost in the rounding of float32. A tie is one of
// the k-th and the (k+1)-th largest entry of y: there, at a value other than 0, the loss is not
// differentiable.

// %%
import * as tf from '@tensorflow/tfjs';
import { topk } from '../src/index.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import { marginProbability } from './charts/marginProbability.ts';
import { options } from './cli/options.ts';
import thread from './thread.json';

const { show, claim, plot } = notebook(__filename, options());

// %% [markdown]
// ## A sample of margins
//
// We draw W with independent standard normal entries and keep the thread's x. Then the entries
// of $y = Wx$ are independent and normal with standard deviation $‖x‖$. We measure the margin m in
// units of $‖x‖$, so that x does not matter; in these units, it is $√2$ times the radius in W.

// %%
const [n, d, k, samples] = [thread.W.length, thread.x.length, thread.k, 2 ** 17];
const x = tf.tensor1d(thread.x);
const W = tf.randomNormal([samples * n, d], 0, 1, 'float32', 1); // all samples, one above the other
const y = tf.reshape(tf.dot(W, x), [samples, n]);
const sorted = topk(y, n).values;

/** The margins of all samples, in units of ‖x‖. */
const marginsFor = (k: number) => {
  const [threshold, runnerUp] = [k - 1, k].map((i) => tf.slice(sorted, [0, i], [samples, 1]));
  return tf.sub(threshold, runnerUp).div(tf.norm(x)).dataSync();
};
const margins = marginsFor(k);
claim('None of the 131072 margins is 0', {
  found: margins.filter((m) => m === 0).length,
  equals: 0,
});

// %% [markdown]
// ## The exact probability
//
// Let f be the density and F the distribution function of the entries of y. Exactly one of them is
// the k-th largest, so it is u, and the $n − k$ smaller ones are below $u − ε$, with the density
// (David and Nagaraja, *Order Statistics*, 2003, chapter 2)
//
//   $$n! / ((k − 1)! (n − k)!) · (1 − F(u))ᵏ⁻¹ f(u) F(u − ε)ⁿ⁻ᵏ,$$
//
// whose integral over u is $P(m ≥ ε)$. The derivative of $P(m < ε)$ at $ε = 0$ is
//
//   $$c = n! / ((k − 1)! (n − k − 1)!) · ∫ (1 − F)ᵏ⁻¹ f² Fⁿ⁻ᵏ⁻¹ du.$$

// %%
const h = 2 ** -9;
const grid = Array.from({ length: 16 / h + 1 }, (_, i) => i * h - 8);
const f = grid.map((u) => Math.exp(-(u ** 2) / 2) / Math.sqrt(2 * Math.PI));
let below = 0;
const F = f.map((density) => (below += density * h) - (density * h) / 2);

const integral = (at: (i: number) => number) => grid.reduce((sum, _, i) => sum + at(i) * h, 0);
const factorial = (n: number): number => (n === 0 ? 1 : n * factorial(n - 1));
const exact = (epsilon: number) => {
  const factor = factorial(n) / (factorial(k - 1) * factorial(n - k));
  const Fbelow = (i: number) => F[i - epsilon / h] ?? 0;
  return 1 - factor * integral((i) => (1 - F[i]) ** (k - 1) * f[i] * Fbelow(i) ** (n - k));
};
const constant = (k: number) => {
  const factor = factorial(n) / (factorial(k - 1) * factorial(n - k - 1));
  return factor * integral((i) => (1 - F[i]) ** (k - 1) * f[i] ** 2 * F[i] ** (n - k - 1));
};
const c = constant(k);
claim('c is 2.1105', { found: c.toFixed(4), equals: '2.1105' });

// %% [markdown]
// ## Measured against exact

// %%
const share = (margins: Iterable<number>, epsilon: number) =>
  Array.from(margins).filter((m) => m < epsilon).length / samples;
const points = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => {
  const epsilon = 2 ** -i;
  return { epsilon, measured: share(margins, epsilon), exact: exact(epsilon) };
});
show(
  formatTable([
    ['ε', 'measured', 'exact', 'c ε'],
    ...points.map(({ epsilon, ...p }) => [
      epsilon < 1 ? `1/${String(1 / epsilon)}` : '1',
      ...[p.measured, p.exact, c * epsilon].map((probability) => probability.toFixed(5)),
    ]),
  ]),
);
plot('The probability of a margin below ε', () => marginProbability(points, c));

// %%
const standardErrors = points.map(
  ({ measured, exact }) => Math.abs(measured - exact) / Math.sqrt((exact * (1 - exact)) / samples),
);
claim('The measured probabilities agree with the exact ones', {
  found: Math.max(...standardErrors),
  unit: 'standard errors apart',
  atMost: 4,
});

// %% [markdown]
// A power law $εᵖ$ is a straight line on logarithmic axes, and p is its slope. Between $ε = 1/512$
// and $ε = 1/16$ the slope is nearly 1.

// %%
const probabilityAt = (epsilon: number) =>
  points.find((point) => point.epsilon === epsilon)?.measured ?? NaN;
const slope = Math.log(probabilityAt(1 / 16) / probabilityAt(1 / 512)) / Math.log(512 / 16);
claim('The slope is within 0.03 of 1', {
  found: Math.abs(slope - 1),
  unit: 'apart',
  atMost: 0.03,
});

// %% [markdown]
// ## Other k
//
// Near ties are rarest at $k = 1$ and $k = n − 1$, because the outermost entries of y are furthest
// apart.

// %%
const epsilon = 1 / 64;
const others = [1, 2, 3, 4, 5].map((k) => ({
  k,
  expected: constant(k) * epsilon,
  measured: share(marginsFor(k), epsilon),
}));
show(
  formatTable([
    ['k', 'measured / ε', 'c'],
    ...others.map(({ k, measured, expected }) => [
      String(k),
      ...[measured, expected].map((probability) => (probability / epsilon).toFixed(3)),
    ]),
  ]),
);
claim('At ε = 1/64, each measured probability is c ε', {
  found: Math.max(...others.map(({ measured, expected }) => Math.abs(measured / expected - 1))),
  unit: 'of it apart',
  atMost: 0.05,
});

// %% [markdown]
// ## A bound for any n and k
//
// If $m < ε$, then two entries of y are less than $ε$ apart. Their difference $(wᵢ − wⱼ)·x$ is
// normal with the standard deviation $√2 ‖x‖$, so its density is at most $1 / (2√π ‖x‖)$, and it
// lies within $±ε$ with probability at most $ε / (√π ‖x‖)$. There are $n (n − 1) / 2$ pairs, so
//
//   $$P(m < ε) ≤ n (n − 1) / (2√π) · ε / ‖x‖.$$
//
// For W with another distribution, any bound on the density of $(wᵢ − wⱼ)·x$ gives such a bound.

// %%
const bound = (n * (n - 1)) / (2 * Math.sqrt(Math.PI));
claim('No measured probability exceeds the bound', {
  found: Math.max(...points.map(({ measured, epsilon }) => measured / (bound * epsilon))),
  unit: 'of the bound',
  atMost: 1,
});

// %% [markdown]
// ## How close is too close?
//
// The relative precision of float32 is $2⁻²⁴$. So many W have a margin below $2⁻²⁴ ‖x‖$:

// %%
show(`1 in ${String(Math.round(2 ** 24 / c / 1e5) / 10)} million`);
