// %% [markdown]
// # Is top-k the same on every backend?
//
// TensorFlow.js has one tf.topk, and a kernel of it for each backend. They disagree on NaN and
// infinities, and none has a gradient. Here are tfjs as it comes and this package side by side, on
// every backend that is there: those installed for Node and, where there is a Chromium, webgl and
// webgpu, all on the GPU.

// %%
import * as tf from '@tensorflow/tfjs';
import { edgeCases, inWords, threadGradients, type Answer } from './edgeCases/edgeCases.ts';
import { inChromium } from './browser/inChromium.ts';
import { options } from './cli/options.ts';
import { startedBackends } from './cli/useBackend.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';
import thread from './thread.json';

const { show, claim } = notebook(__filename, options());

// %%
const read = (answer: Answer) =>
  inWords(typeof answer === 'string' ? answer : answer.map((t) => t.dataSync()));

const inNode = (startedBackends.length > 0 ? startedBackends : ['cpu']).map((backend) => {
  void tf.setBackend(backend); // started already, so this takes effect at once
  const table = edgeCases().map(({ input, tfjs, ours }) => [input, read(tfjs), read(ours)]);
  return { backend, table, gradients: threadGradients().map((t) => Array.from(t.dataSync())) };
});

// %%
const browserBackends = options().backend === undefined ? ['webgl', 'webgpu'] : [];
const inBrowser = browserBackends.flatMap((backend) => {
  const found = inChromium(backend);
  return found ? [{ backend, ...found }] : [];
});
const all = [...inNode, ...inBrowser];
show(all.map(({ backend }) => backend).join(', '));

// %% [markdown]
// ## Awkward inputs
//
// What each backend answers: values at indices, or the gradient. ≠ marks where tfjs as it comes
// differs from this package.

// %%
const heading = ['', 'input', 'tfjs', 'this package'];
for (const { backend, table } of all) {
  const rows = table.map(([input, tfjs, ours]) => [tfjs === ours ? '' : '≠', input, tfjs, ours]);
  show(`${backend}\n${formatTable([heading, ...rows])}`);
}

// %%
const answers = all.map(({ table }) => JSON.stringify(table.map(([, , ours]) => ours)));
const otherwise = answers.filter((answer) => answer !== answers[0]).length;
claim('backends where this package answers otherwise', { found: otherwise, equals: 0 });

// %% [markdown]
// ## The thread's gradients

// %%
const printed = [...thread.printed['W2.grad'].flat(), ...thread.printed['x2.grad']];
for (const { backend, gradients } of all) {
  const equal = gradients.flat().filter((entry, i) => entry.toFixed(4) === printed[i].toFixed(4));
  const statement = `${backend} gives the gradients that the thread prints`;
  claim(statement, { found: equal.length, unit: 'entries', equals: 42 });
}
