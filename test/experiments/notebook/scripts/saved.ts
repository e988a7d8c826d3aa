// %% [markdown]
// # A <script>alert("title")</script>
//
// Prose with *emphasis*, and <img src=x onerror=alert(1)>.

// %%
import * as tf from '@tensorflow/tfjs';
import { notebook } from '../../../../experiments/notebook/notebook.ts';

const { show, claim, plot } = notebook(__filename, { save: process.argv[2] });
tf.enableProdMode(); // nothing on standard error that is not from here
show('</pre><script>alert("text")</script>');

// %%
show(tf.tensor2d([[1, 0], [0, -2]])); // prettier-ignore
claim('<b>three</b> is at most two', { found: 3, atMost: 2 });
claim('one is', { found: 1, atMost: 2 });
plot('nothing but "axes" & <title>', { x: { domain: [0, 1], label: 'x' }, marks: [] });
