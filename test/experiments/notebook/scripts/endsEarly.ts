import '@tensorflow/tfjs';
import { notebook } from '../../../../experiments/notebook/notebook.ts';
const { show } = notebook(__filename);
show('first');
process.exit();

// %% [markdown]
// Never reached.
