// %% [markdown]
// A cell that shows nothing is printed with the next one that does.

// %%
import '@tensorflow/tfjs';
import { notebook } from '../../../../experiments/notebook/notebook.ts';

const { show, claim, plot } = notebook(__filename);

// %%
const twice = (a: number) => {
  show(2 * a);
};

// %%
twice(1);
twice(2);
// %%
claim('One is at most two', { found: 1, atMost: 2 });
plot('A chart', () => {
  throw new Error('must not be drawn');
});

// %% [markdown]
// The end.
