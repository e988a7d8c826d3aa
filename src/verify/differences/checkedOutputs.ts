import { mul, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { assertArg } from '../../args/check.ts';
import { vjp } from '../../gradients/vjp.ts';
import { tidyValue } from '../../util/tidyValue.ts';
import type { CheckedFunction } from './checkedFunction.ts';
import { movedTo, type CheckedInput } from './checkedInput.ts';
import { norm, toVector, type Probe } from './Probe.ts';
import { probes } from './probes.ts';

/** An output of the function that is checked, or a combination of outputs. */
export interface CheckedOutput {
  /** Which output, or which combination. */
  probe: Probe;
  /** "f[2]" */
  name: string;
  /** Its gradient in each input, flat, by reverse mode. */
  gradients: Float32Array[];
  /** The standard deviation of its rounding error. */
  noise: number;
  /** Its gradient in each input at other points: of the inputs, some of which are moved. */
  gradientsAt: (points: (Float32Array | undefined)[]) => Float32Array[];
}

/** Outputs are checked one by one up to this number of them, and of entries of the Jacobian (32 MB). */
const MAX_OUTPUTS = 1024;
const MAX_JACOBIAN = 2 ** 23;
/** The number of combinations of outputs that are checked instead, beyond that. */
const BLOCKS = 32;
const SEED = 71_999;

/**
 * Not 1, so that a rule is caught that ignores the upstream gradient, or its sign, or clips it. The second is for a
 * gradient that float32 holds, but not twice.
 */
const UPSTREAMS = [-2, -0.5];

/**
 * The outputs to check, with their gradients.
 *
 * @param noise the standard deviation of the rounding error of each entry of f.
 */
export function checkedOutputs(
  f: CheckedFunction,
  inputs: CheckedInput[],
  noise: Float64Array,
): CheckedOutput[] {
  const xs = inputs.map(({ x }) => x);
  const rowSize = inputs.reduce((sum, { x }) => sum + x.size, 0);
  checkRepeatability(f, inputs);
  const limit = Math.min(MAX_OUTPUTS, Math.floor(MAX_JACOBIAN / rowSize));
  return probes(f.size, limit, BLOCKS, SEED).map((probe) => {
    const c = toVector(probe, f.size);
    const name = f.nameOf(probe);
    const isFinite = (gradients: Float32Array[]) =>
      gradients.every((g) => g.every(Number.isFinite));
    const [usual, smaller] = UPSTREAMS;
    let gradients = reverseMode(f, xs, c, usual);
    if (!isFinite(gradients)) gradients = reverseMode(f, xs, c, smaller);
    for (const gradient of gradients) {
      const wrong = gradient.find((entry) => !Number.isFinite(entry));
      assertArg(wrong === undefined, `the gradient of ${name}`, 'be finite', String(wrong));
    }
    const gradientsAt = (points: (Float32Array | undefined)[]) =>
      tidyValue(() => reverseMode(f, movedTo(points, inputs), c));
    return { probe, name, gradients, noise: norm(noise.map((σ, o) => c[o] * σ)), gradientsAt };
  });
}

/** cᵀ ∂f/∂xᵢ for each input xᵢ, flat. */
function reverseMode(
  { call }: CheckedFunction,
  xs: Tensor[],
  c: Float32Array,
  upstream = UPSTREAMS[0],
): Float32Array[] {
  return tidyValue(() => {
    const products = vjp(call, xs, mul(tensor(c), upstream));
    return products.map((product) => {
      const entries = new Float32Array(product.dataSync());
      return entries.map((entry) => entry / upstream + 0); // + 0 turns −0 into 0
    });
  });
}

/** How much a gradient may change from call to call, relative to its largest entry. */
const MAX_CHANGE = 1e-3;

/** Refuses a rule that gives something else when it runs again. */
function checkRepeatability(f: CheckedFunction, inputs: CheckedInput[]): void {
  const ones = new Float32Array(f.size).fill(1);
  const [first, second] = [1, 2].map(() =>
    reverseMode(
      f,
      inputs.map(({ x }) => x),
      ones,
    ),
  );
  first.forEach((gradient, a) => {
    const again = second[a];
    const largest = gradient.reduce((max, entry) => Math.max(max, Math.abs(entry)), 0);
    const j = gradient.findIndex((entry, j) => Math.abs(entry - again[j]) > MAX_CHANGE * largest);
    const entries = `${String(gradient[j])} and ${String(again[j])}`;
    const of = `the gradient of ${f.title} in ${inputs[a].name}`;
    assertArg(j < 0, of, 'be the same at each call', entries);
  });
}
