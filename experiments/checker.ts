// %% [markdown]
// # How often is checkGrads wrong?
//
// **Of 400 right rules at most 1 is rejected, and a fault of 1 % in a single entry is never missed,**
// whether the features of the function are as large as the entry or a 300th of it.
//
// In float32 a checker has to tell a wrong rule from the errors of its own differences. It errs by a
// false alarm, if it rejects a right rule, or by a miss, if it passes a wrong one. We count both on
// random smooth functions of three numbers, with rules that are right, and with rules that are
// wrong by 10 %, 1 % or 0.3 % in all entries or in a single one.

// %%
import { countVerdicts, type Fault } from './checker/countVerdicts.ts';
import { options } from './cli/options.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';

const { quick = false } = options();
const { show, claim } = notebook(__filename, options());
const trials = quick ? 2 : 400;
show(`${String(trials)} functions for each number`);

// %% [markdown]
// The functions are
//
//   $$f(x) = b (Σ aᵢ gᵢ(uᵢ) + g₁(u₁) g₂(u₂)),$$
//
// with $uᵢ = (xᵢ − cᵢ) / Lᵢ$, where each $gᵢ$ is a sine, a Gaussian, tanh, a square or softplus. The
// entries and the values are between 1e-8 and 1e8 in magnitude. The smaller the features $Lᵢ$ are
// beside the entries, the finer the steps that they need, and the more of the slope rounding hides.

// %%
const features = { '1': 1, '1/30': 1 / 30, '1/300': 1 / 300 };
const percent = (count: number) => `${((100 * count) / trials).toFixed(1)} %`;
const right: Fault = { size: 0, isInAll: true };
const alarms = Object.entries(features).map(([name, feature]) => {
  const { wrong } = countVerdicts(feature, right, trials);
  return { name, share: wrong / trials, row: [name, percent(wrong)] };
});
show(formatTable([['feature / entry', 'false alarms'], ...alarms.map(({ row }) => row)]));
for (const { name, share } of alarms) {
  const limit = name === '1/300' ? 3 : 1;
  claim(`Right rules are rejected rarely, where features are ${name} of the entry`, {
    found: 100 * share,
    unit: '%',
    atMost: limit,
  });
}

// %% [markdown]
// A miss is counted in brackets if the report says in `uncertain` that a fault of 1 % would not
// have shown.

// %%
const faults = [true, false].flatMap((isInAll) =>
  [0.1, 0.01, 0.003].map((size) => ({ size, isInAll })),
);
const nameOf = ({ size, isInAll }: Fault) =>
  `${String(100 * size)} % in ${isInAll ? 'all' : 'one'}`;
const misses = faults.map((fault) => {
  const counts = Object.values(features).map((feature) => countVerdicts(feature, fault, trials));
  const row = counts.map((c) => `${percent(c.right + c.uncertain)} (${percent(c.uncertain)})`);
  return { ...fault, counts, row: [nameOf(fault), ...row] };
});
const header = ['missed', ...Object.keys(features).map((name) => `features of ${name}`)];
show(formatTable([header, ...misses.map(({ row }) => row)]));

// %%
Object.keys(features).forEach((name, i) => {
  const one = misses.find(({ size, isInAll }) => size === 0.01 && !isInAll);
  const { right: missed = NaN, uncertain = NaN } = one?.counts[i] ?? {};
  claim(`A fault of 1 % in one entry is rarely missed, where features are ${name} of the entry`, {
    found: (100 * (missed + uncertain)) / trials,
    unit: '%',
    atMost: name === '1/300' ? 5 : 1,
  });
});
