import '@tensorflow/tfjs';
import { notebook } from '../../../../experiments/notebook/notebook.ts';
const { claim } = notebook(__filename);
claim('three is at most two', { found: 3, atMost: 2 });
