// %% [markdown]
// A cell that shows nothing is printed with the next one.

// %%
import '@tensorflow/tfjs';
import { notebook } from '../../../../experiments/notebook/notebook.ts';

const { show, claim } = notebook(__filename);

// %%
const twice = (a: number) => {
  show(2 * a);
};

// %%
twice(1);
twice(2);
// %%
claim('one is at most two', { found: 1, atMost: 2 });

// %% [markdown]
// The end.
