import '@tensorflow/tfjs';
import { notebook } from '../../../src/notebook/notebook.ts';
const { show } = notebook(__filename);
show('first');
process.exit();

// %% [markdown]
// Never reached.
