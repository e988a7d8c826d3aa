// %% [markdown]
// # Does top-k give the same results on every backend?
//
// **With this package, yes: the same values, indices and gradients. With stock tfjs, no.** Each
// backend of TensorFlow.js has a kernel of its own for tf.topk. These kernels disagree on NaN
// and infinities, and there is no gradient for any of them. This notebook compares stock tfjs with
// this package on every backend available: those installed for Node, and, if there is a Chromium,
// webgl and webgpu in the browser, with every computation forced onto the GPU.

// %%
import * as tf from '@tensorflow/tfjs';
import { edgeCases, type Answer } from './edgeCases/edgeCases.ts';
import { edgeCasesInChromium } from './edgeCases/edgeCasesInChromium.ts';
import { formatAnswer } from './edgeCases/formatAnswer.ts';
import { threadGradients } from './edgeCases/threadGradients.ts';
import { options } from './cli/options.ts';
import { startedBackends } from './cli/useBackend.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import thread from './thread.json';

const { show, claim } = notebook(__filename, options());

// %%
const read = (answer: Answer) =>
  formatAnswer(typeof answer === 'string' ? answer : answer.map((t) => t.dataSync()));

const inNode = (startedBackends.length > 0 ? startedBackends : ['cpu']).map((backend) => {
  void tf.setBackend(backend); // synchronous, because the backend was started before
  const table = edgeCases().map(({ input, tfjs, ours }) => [input, read(tfjs), read(ours)]);
  return { backend, table, gradients: threadGradients().map((t) => Array.from(t.dataSync())) };
});

// %%
const browserBackends = options().backend === undefined ? ['webgl', 'webgpu'] : [];
const inBrowser = browserBackends.flatMap((backend) => {
  const found = edgeCasesInChromium(backend);
  return found ? [{ backend, ...found }] : [];
});
const all = [...inNode, ...inBrowser];
show(all.map(({ backend }) => backend).join(', '));

// %% [markdown]
// ## Edge cases
//
// The answers of each backend: "values at indices", or the gradient. ≠ marks the cases in which
// stock tfjs differs from this package.

// %%
const heading = ['', 'input', 'tfjs', 'this package'];
for (const { backend, table } of all) {
  const rows = table.map(([input, tfjs, ours]) => [tfjs === ours ? '' : '≠', input, tfjs, ours]);
  show(`${backend}\n${formatTable([heading, ...rows])}`);
}

// %%
const answers = all.map(({ table }) => JSON.stringify(table.map(([, , ours]) => ours)));
claim('This package gives the same answers on every backend', {
  found: answers.filter((answer) => answer !== answers[0]).length,
  unit: 'backends differ',
  equals: 0,
});

// %% [markdown]
// ## The thread's gradients

// %%
const printed = [...thread.printed['W2.grad'].flat(), ...thread.printed['x2.grad']];
for (const { backend, gradients } of all) {
  const equal = gradients.flat().filter((entry, i) => entry.toFixed(4) === printed[i].toFixed(4));
  claim(`On ${backend}, all 42 entries of the gradients equal the ones that the thread prints`, {
    found: equal.length,
    unit: 'entries',
    equals: 42,
  });
}
