// %% [markdown]
// # Do published models compute the same with the fast kernels?
//
// **Yes, to the bit, and CenterNet's top-k takes a fraction of its time.** CenterNet finds objects: it
// selects the 100 highest of 1.3 million scores. The hand tracker sorts 700 boxes by top-k, twice,
// which takes no time worth saving. Both are graph models with stock TopKV2, from the npm package
// @vladmandic/human, which has to be installed: `npm install --no-save @vladmandic/human`.

// %%
import * as tf from '@tensorflow/tfjs';
import { machine } from './bench/machine.ts';
import { options } from './cli/options.ts';
import { startedBackends } from './cli/useBackend.ts';
import { compareKernels, type Comparison } from './models/compareKernels.ts';
import { loadHumanModel } from './models/loadHumanModel.ts';
import { formatTable } from './notebook/formatTable.ts';
import { notebook } from './notebook/notebook.ts';

const { quick = false } = options();
const { show, claim } = notebook(__filename, options());
const names = ['centernet', 'handtrack'];
const models = names.map(loadHumanModel);
const measured = ['wasm', 'cpu'].filter((name) => startedBackends.includes(name));
const backends = measured.length > 0 ? measured : ['cpu'];
show(machine());

// %% [markdown]
// ## Images
//
// Colours that change smoothly, with noise: an image is drawn from its seed. On cpu a run takes
// seconds, so there are fewer.

// %%
const imageOf = (seed: number, dtype: 'float32' | 'int32') =>
  tf.tidy(() => {
    const colours = tf.randomUniform<tf.Rank.R4>([1, 12, 12, 3], 0, 255, 'float32', seed);
    const smooth = tf.image.resizeBilinear(colours, [512, 512]);
    const noise = tf.randomNormal(smooth.shape, 0, 8, 'float32', seed + 1);
    return smooth.add(noise).clipByValue(0, 255).cast(dtype);
  });
const countOf = (backend: string) => (quick ? 1 : backend === 'cpu' ? 3 : 12);

// %%
const compareAll = async () => {
  const found: (Comparison & { title: string })[] = [];
  for (const backend of backends) {
    await tf.setBackend(backend);
    for (const [i, human] of models.entries()) {
      const { dtype } = human.model.inputs[0];
      const seeds = Array.from({ length: countOf(backend) }, (_, j) => 2 * j + 1);
      const images = seeds.map((seed) => imageOf(seed, dtype as 'float32' | 'int32'));
      const comparison = await compareKernels(human, images, quick ? 0 : 1);
      found.push({ title: `${names[i]} on ${backend}`, ...comparison });
      tf.dispose(images);
    }
  }
  return found;
};
const comparisons = compareAll();

// %% [markdown]
// ## Outputs
//
// All outputs of the model, compared bit by bit.

// %%
void comparisons.then((found) => {
  for (const { title, entries, differing } of found) {
    claim(`${title}: with the fast kernels all ${String(entries)} numbers are the same`, {
      found: differing,
      unit: 'entries differ',
      equals: 0,
    });
  }
});

// %% [markdown]
// ## Time
//
// Of the kernel of top-k, and of the whole model, with stock tfjs and with the fast kernels in turn.
// Medians; a first run of each is not counted.

// %%
void comparisons.then((found) => {
  const share = ({ kernel, total }: { kernel: number; total: number }) =>
    [kernel.toFixed(2), total.toFixed(0), `${((100 * kernel) / total).toFixed(2)} %`] as const;
  const heading = ['ms', 'stock', 'model', 'share', 'fast', 'model', 'share'];
  const rows = found.map(({ title, stock, fast }) => [title, ...share(stock), ...share(fast)]);
  show(formatTable([heading, ...rows]));
  if (quick) return;
  for (const { title, stock, fast } of found.filter(({ title }) => title.startsWith('centernet'))) {
    claim(`${title}: the stock kernel of top-k, beside the fast one`, {
      found: stock.kernel / fast.kernel,
      unit: 'times as long',
      atLeast: 3,
    });
  }
});
