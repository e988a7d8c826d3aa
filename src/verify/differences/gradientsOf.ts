import { concat, reshape, tensor } from '@tensorflow/tfjs-core';
import { vjp } from '../../gradients/vjp.ts';
import type { CheckedFunction } from './checkedFunction.ts';
import type { CheckedInput } from './checkedInput.ts';
import { nameOfProbe } from './nameOfProbe.ts';
import { toVector } from './Probe.ts';
import { probes } from './probes.ts';

/** The gradients of single outputs are checked up to this number of entries of all of them. */
const MAX_ENTRIES = 1024;
/** The number of combinations of outputs whose gradients are checked instead, beyond that. */
const BLOCKS = 2;
const SEED = 72_031;

/** The gradient of each output of a function, or of combinations of outputs, as functions that return one vector. */
export function gradientsOf(
  { call, size, nameOf, kernels }: CheckedFunction,
  inputs: CheckedInput[],
): CheckedFunction[] {
  const gradientSize = inputs.reduce((sum, { x }) => sum + x.size, 0);
  const limit = Math.floor(MAX_ENTRIES / Math.max(1, gradientSize));
  return probes(size, limit, BLOCKS, SEED).map((output) => {
    const c = toVector(output, size);
    const name = nameOf(output);
    return {
      call: (...xs) => concat(vjp(call, xs, tensor(c)).map((gradient) => reshape(gradient, [-1]))),
      size: gradientSize,
      title: `the gradient of ${name}`,
      nameOf: (entry) => `(∂${name} / ∂${nameOfProbe(entry, (index) => nameAt(index, inputs))})`,
      mayBeConstant: true,
      kernels,
    };
  });
}

/** The name of an entry by its index in the concatenation of the inputs. */
function nameAt(index: number, [input, ...others]: CheckedInput[]): string {
  const { size } = input.x;
  return index < size ? input.nameOf({ index }) : nameAt(index - size, others);
}
