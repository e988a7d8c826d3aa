import { concat, reshape, tensor } from '@tensorflow/tfjs-core';
import { vjp } from '../../gradients/vjp.ts';
import type { CheckedFunction } from './checkedFunction.ts';
import type { CheckedInput } from './checkedInput.ts';
import { nameOfProbe } from './nameOfProbe.ts';
import { toVector } from './Probe.ts';
import { probes } from './probes.ts';

/** The gradient of every output is checked, if these together have at most so many entries. */
const MAX_ENTRIES = 1024;
/** Otherwise, the gradients of so many combinations of outputs are. */
const BLOCKS = 2;
const SEED = 72_031;

/** The gradients of a function's outputs, or of combinations of them, as functions: each one flat vector. */
export function gradientsOf(
  { call, size, nameOf }: CheckedFunction,
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
    };
  });
}

/** The name of an entry of the inputs, by its index in all of them, one after another. */
function nameAt(index: number, [input, ...others]: CheckedInput[]): string {
  const { size } = input.x;
  return index < size ? input.nameOf({ index }) : nameAt(index - size, others);
}
