import { concat, reshape, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { probes } from './probes.ts';
import { EVERY_OUTPUT, type Differentiated } from './compareWithDifferences.ts';
import { nameOfEntry } from './nameOfEntry.ts';
import { vjp } from '../../gradients/vjp.ts';

/** Of more outputs than can be looked at alone, so many probes. */
const BLOCKS = 2;
const SEED = 72_031;

/** The gradient of each output of f, or of probes of them, as a function of the inputs, flat. */
export function gradientsOf(
  { f, nameOf }: Differentiated,
  outputs: number,
  xs: Tensor[],
): Differentiated[] {
  const sizes = xs.map((x) => x.size);
  const size = sizes.reduce((a, b) => a + b, 0);
  /** Of the flat gradient, as an entry of its input. */
  const nameOfPlace = (place: number) => {
    let a = 0;
    for (; place >= sizes[a]; a++) place -= sizes[a];
    return nameOfEntry(`inputs[${String(a)}]`, { at: place }, xs[a].shape);
  };

  const every = Math.floor(EVERY_OUTPUT / Math.max(1, size));
  return probes(outputs, every, BLOCKS, SEED).map((output) => {
    const c = new Float32Array(outputs);
    if ('at' in output) c[output.at] = 1;
    else c.set(output.weights, output.from);
    const name = nameOf(output);
    return {
      f: (...xs) => concat(vjp(f, xs, tensor(c)).map((row) => reshape(row, [-1]))),
      title: `the gradient of ${name}`,
      refusesHidden: false,
      nameOf(entry) {
        if ('at' in entry) return `(∂${name} / ∂${nameOfPlace(entry.at)})`;
        const last = entry.from + entry.weights.length - 1;
        return `(∂${name} / ∂ a random combination of ${nameOfPlace(entry.from)} … ${nameOfPlace(last)})`;
      },
    };
  });
}
