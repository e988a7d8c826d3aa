import {
  engine,
  getGradient,
  getKernel,
  registerGradient,
  registerKernel,
  type GradConfig,
  type KernelBackend,
  type KernelConfig,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { assertFits } from './wasm/tfjsMemory.ts';

/** How a kernel computes its outputs, on one backend. */
export type Implementation<Inputs, Attrs> = (call: {
  inputs: Inputs;
  attrs: Attrs;
  backend: KernelBackend;
}) => TensorInfo | TensorInfo[];

/** A kernel of this package, with an implementation for `any` backend and better ones for some. */
export interface Kernel<Inputs, Attrs> {
  name: string;
  any: Implementation<Inputs, Attrs>;
  cpu?: Implementation<Inputs, Attrs>;
  wasm?: Implementation<Inputs, Attrs>;
  webgl?: Implementation<Inputs, Attrs>;
  webgpu?: Implementation<Inputs, Attrs>;
  /** How many numbers the outputs have, and the clones that tfjs saves for a gradient: on wasm, copies. */
  saved?: (inputs: Inputs, attrs: Attrs) => number;
}

/** The gradient of a kernel, which names it. */
export type Rule = Omit<GradConfig, 'kernelName'>;

/** The inputs of a kernel by their names; one that is left out has no name there. */
type OptionalTensors = Record<string, Tensor | undefined>;

/**
 * Runs a kernel on the backend in use. Registers it there on first use, so a backend may load at any time, and with it
 * its gradient: so a bundle holds the rules of what it calls, and no others.
 *
 * @returns its outputs, always as an array.
 */
export function runKernel<Inputs extends OptionalTensors, Attrs>(
  kernel: Kernel<Inputs, Attrs>,
  inputs: Inputs,
  attrs: Attrs & NamedAttrMap,
  rule?: Rule,
): Tensor[] {
  const { backend, backendName } = engine(); // starts the default backend, if none is in use yet
  const { name } = kernel;
  if ((getKernel(name, backendName) as KernelConfig | undefined) === undefined) {
    const { any, ...byBackend }: Record<string, unknown> = { ...kernel };
    const kernelFunc = (byBackend[backendName] ?? any) as KernelFunc;
    registerKernel({ kernelName: name, backendName, kernelFunc });
  }
  if (rule) register(name, rule);
  moveTo(backend, Object.values(inputs));
  if (isTaped() && kernel.saved) assertFits(kernel.saved(inputs, attrs));
  const outputs = engine().runKernel<Tensor | Tensor[]>(name, inputs as NamedTensorMap, attrs);
  return Array.isArray(outputs) ? outputs : [outputs];
}

function register(kernelName: string, rule: Rule): void {
  const current = getGradient(kernelName) as GradConfig | undefined;
  if (current?.gradFunc !== rule.gradFunc) registerGradient({ ...rule, kernelName });
}

/**
 * Moves inputs that another backend holds. tfjs would move them itself, but inside another kernel its flag IS_TEST then
 * reports a leak.
 */
export function moveTo(backend: KernelBackend, inputs: (Tensor | undefined)[]): void {
  for (const input of inputs) {
    if (!input) continue;
    const { dataId } = input;
    const holder = engine().state.tensorInfo.get(dataId)?.backend;
    if (holder && holder !== backend) engine().moveData(backend, dataId);
  }
}

/** What `run` returns, computed off tfjs's tape: every gradient treats it as a constant. */
export function withoutTape<T>(run: () => T): T {
  const { state } = engine();
  state.kernelDepth++; // as tfjs does while a kernel runs
  try {
    return run();
  } finally {
    state.kernelDepth--;
  }
}

/** Whether what is computed now may be differentiated. */
export function isTaped(): boolean {
  const { gradientDepth, kernelDepth } = engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}
