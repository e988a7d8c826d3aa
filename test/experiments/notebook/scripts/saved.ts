// %% [markdown]
// # A <script>alert("title")</script>
//
// Prose with *emphasis*, and <img src=x onerror=alert(1)>.

// %%
import * as tf from '@tensorflow/tfjs';
import { notebook } from '../../../../experiments/notebook/notebook.ts';

const { show, claim, plot } = notebook(__filename, { save: process.argv[2] });
tf.enableProdMode(); // keeps tfjs from writing to standard error
show('</pre><script>alert("text")</script>');

// %%
show(tf.tensor2d([[1, 0], [0, -2]])); // prettier-ignore
claim('<b>Three</b> is at most two', { found: 3, atMost: 2 });
claim('One is at most two', { found: 1, atMost: 2 });
plot('Only "axes" & <title>', () => ({ x: { domain: [0, 1], label: 'x' }, marks: [] }));
